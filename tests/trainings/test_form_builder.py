"""The desk's form builder: adding, wording, ordering, copying, and reading what was answered."""

import pytest
from django.core.files.storage import default_storage

from rtcm.accounts.models import PersonalDataRead
from tests import make
from tests.making.questions import answer, picture, question
from tests.trainings.desks import door
from tests.trainings.people import refused, said
from trainings import questions
from trainings.models import Choice, Question
from trainings.usual import USUAL

pytestmark = pytest.mark.django_db


def keys(training) -> list[str]:
    return [it.key for it in Question.objects.for_form().filter(training=training)]


@pytest.fixture
def training(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make.training("Borders")


# --- The library ------------------------------------------------------------------------------


def test_every_usual_question_can_be_added_in_every_language(training):
    for key in USUAL:
        if key not in keys(training):
            questions.add_usual(training, key)

    assert set(keys(training)) == set(USUAL)
    asked = training.questions.get(key="diet-other")
    assert asked.shown_if.key == "other"
    assert (asked.asks_sensitive, asked.keep_days) == (True, 30)


def test_a_usual_question_brings_the_one_it_depends_on(desk, training):
    desk.post(door(training, "questions"), {"verb": "usual", "usual": "diet-other"})

    assert keys(training) == ["diet", "diet-other"]


@pytest.mark.parametrize("sent", ["diet", "nonsense", ""])
def test_a_usual_question_is_asked_once(desk, training, sent):
    questions.add_usual(training, "diet")

    desk.post(door(training, "questions"), {"verb": "usual", "usual": sent})

    assert keys(training) == ["diet"]


# --- One's own --------------------------------------------------------------------------------


def test_a_question_of_ones_own_is_worded_in_three_languages(desk, training):
    started = desk.post(
        door(training, "questions"), {"verb": "add", "kind": "choice", "label": "Which border?"}
    )
    found = Question.objects.get()
    assert started["Location"] == f"{door(training, 'questions')}{found.pk}/"
    sent = {
        "label_en": "Which border?", "label_az": "Hansı sərhəd?", "label_ru": "Какая граница?",
        "kind": "choice", "key": "border", "required": "on",
        "choices-TOTAL_FORMS": 3, "choices-INITIAL_FORMS": 0,
        "choices-0-label_en": "Sea", "choices-0-label_az": "Dəniz",
        "choices-1-label_en": "Sea!",
    }  # fmt: skip

    answered = desk.post(started["Location"], sent)

    assert answered["Location"] == door(training, "questions")
    found.refresh_from_db()
    assert (found.key, found.label_ru, found.required) == ("border", "Какая граница?", True)
    assert list(found.choices.values_list("key", "label_en", "label_az")) == [
        ("sea", "Sea", "Dəniz"),
        ("sea-2", "Sea!", None),
    ]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"asks_sensitive": "on"}, "Sensitive data must be deleted: say after how many days."),
        ({"keep_days": "-1"}, "Ensure this value is greater than or equal to"),
        ({"label_en": ""}, "This field is required."),
        ({"key": "second"}, "This training has a question with this key already."),
        ({"kind": "several"}, "Offer at least two answers."),
        ({"kind": "magic"}, "Select a valid choice."),
        ({"shown_if": "999"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_asked_is_a_sentence_and_changes_nothing(desk, training, fields, sentence):
    asked = question(training, "first")
    question(training, "second")
    sent = {"label_en": "New", "kind": "short", "key": "first"}
    sent |= {"choices-TOTAL_FORMS": 0, "choices-INITIAL_FORMS": 0} | fields

    reply = desk.post(f"{door(training, 'questions')}{asked.pk}/", sent)

    assert reply.status_code == 422
    assert sentence in said(reply)
    asked.refresh_from_db()
    assert asked.label == "About first?"


def test_a_question_depends_on_an_earlier_one_only(desk, training):
    first, second = question(training, "first", "a b"), question(training, "second", "c d")
    later = second.choices.first()
    sent = {"label_en": "New", "kind": "short", "key": "first", "shown_if": later.pk}
    sent |= {"choices-TOTAL_FORMS": 0, "choices-INITIAL_FORMS": 0}

    assert desk.post(f"{door(training, 'questions')}{first.pk}/", sent).status_code == 422


def test_what_people_answered_keeps_its_kind_and_its_time(desk, training):
    asked = question(training, "health", keep_days=30)
    answer(make.application(training), asked)
    sent = {"label_en": "New", "kind": "long", "key": "other", "keep_days": "999"}
    sent |= {"choices-TOTAL_FORMS": 0, "choices-INITIAL_FORMS": 0}

    desk.post(f"{door(training, 'questions')}{asked.pk}/", sent)

    asked.refresh_from_db()
    assert (asked.label, asked.kind, asked.key, asked.keep_days) == ("New", "short", "health", 30)


def test_an_answer_people_chose_stays_offered(desk, training):
    asked = question(training, "level", "low high top")
    answer(make.application(training), asked, "high")
    rows = list(asked.choices.all())
    sent = {"label_en": "Level", "kind": "choice", "key": "level"}
    sent |= {"choices-TOTAL_FORMS": 3, "choices-INITIAL_FORMS": 3}
    for number, row in enumerate(rows):
        sent |= {f"choices-{number}-id": row.pk, f"choices-{number}-label_en": row.label_en}

    kept = desk.post(f"{door(training, 'questions')}{asked.pk}/", sent | {"choices-1-DELETE": "on"})
    gone = desk.post(f"{door(training, 'questions')}{asked.pk}/", sent | {"choices-0-DELETE": "on"})

    assert "“High” was chosen by people" in said(kept)
    assert gone.status_code == 302
    assert list(Choice.objects.values_list("key", flat=True)) == ["high", "top"]


# --- Order, taking away, copying --------------------------------------------------------------


def test_questions_move_but_never_before_what_they_depend_on(training):
    first = question(training, "first", "a b")
    second = question(training, "second", shown_if=first.choices.first())
    third = question(training, "third")

    questions.move(third, up=True)
    questions.move(third, up=True)
    questions.move(third, up=True)

    assert keys(training) == ["third", "first", "second"]
    for deed in (lambda: questions.move(second, up=True), lambda: questions.move(first, up=False)):
        assert "depends on the answer" in str(refused(deed))


def test_a_question_in_use_is_not_taken_away(desk, training):
    first = question(training, "first", "a b")
    second = question(training, "second", shown_if=first.choices.first())
    answer(make.application(training), second)

    for row in (first, second):
        desk.post(door(training, "questions"), {"verb": "remove", "question": row.pk})

    assert keys(training) == ["first", "second"]


@pytest.mark.parametrize("verb", ["up", "down", "remove", "copy", "nothing"])
def test_questions_of_another_training_are_out_of_reach(desk, training, verb):
    other = question(make.training(), "other")

    reply = desk.post(
        door(training, "questions"), {"verb": verb, "question": other.pk, "source": "x"}
    )

    assert reply.status_code == 302
    assert desk.get(f"{door(training, 'questions')}{other.pk}/").status_code == 404
    assert Question.objects.count() == 1


def test_a_copied_form_depends_on_its_own_answers(training):
    first = question(training, "first", "a b", required=True)
    question(training, "second", shown_if=first.choices.get(key="b"), keep_days=9)
    target = make.training()
    question(target, "own")

    assert (
        questions.copy_questions(training, target),
        questions.copy_questions(training, target),
    ) == (2, 0)

    copied = target.questions.get(key="second")
    assert copied.shown_if.question == target.questions.get(key="first")
    assert (copied.shown_if.key, copied.label_ru, copied.keep_days) == ("b", "About second?", 9)
    assert training.questions.count() == 2


# --- Looking ----------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    desk, training, rows, django_assert_num_queries
):
    for _ in range(rows):
        asked = question(training, "", "a b")
        question(training, shown_if=asked.choices.first())
        question(make.training())
    desk.get(door(training, "questions"))

    with django_assert_num_queries(10):
        desk.get(door(training, "questions"))


@pytest.mark.parametrize(("code", "word"), [("az", "Hansı?"), ("ru", "Какая?"), ("xx", "Which?")])
def test_the_desk_sees_the_form_as_applicants_do(desk, training, code, word):
    question(training, label_en="Which?", label_az="Hansı?", label_ru="Какая?")

    reply = desk.get(f"{door(training, 'questions')}preview/?language={code}")

    assert word in said(reply)
    assert b"csrfmiddlewaretoken" not in reply.content.split(b"<main", 1)[1].split(b"</main", 1)[0]


def test_sensitive_answers_are_read_with_a_permission_only_and_reading_is_recorded(
    client, clara, hasan, amina, training, settings
):
    settings.STAFF_SECOND_FACTOR = False
    application = make.application(training, amina.person)
    answer(application, question(training, "work"), "I guard")
    answer(application, question(training, "diet", keep_days=30), "Halal")
    cv = default_storage.save("answers/cv.png", picture())
    secret = answer(application, question(training, "cv", kind="file", keep_days=9), "a", file=cv)
    pages = []
    for user in (clara, hasan):
        client.force_login(user)
        pages.append(said(client.get(door(training, f"answers/{application.pk}"))))
        sent = client.get(door(training, f"answers/file/{secret.pk}"))
        pages.append(sent.status_code)
        for close in sent._resource_closers:  # as a server does
            close()

    assert "Halal" in pages[0]
    assert pages[1] == 200
    assert "I guard" in pages[2]
    assert "Halal" not in pages[2]
    assert "2 sensitive answers are shown only" in pages[2]
    assert pages[3] == 404
    assert PersonalDataRead.objects.filter(person=amina.person).count() == 3
