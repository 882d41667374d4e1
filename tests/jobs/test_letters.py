import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from rtcm.jobs.letters import as_html, write_letter
from rtcm.jobs.models import Job, LetterTemplate, Message
from rtcm.jobs.sealing import mask, seal, unseal
from rtcm.jobs.sending import full_text

pytestmark = pytest.mark.django_db

CONTEXT = {"name": "Əliyeva Günel", "code": "482913", "url": "http://localhost:8000/en/me/"}
FILE = """{% load i18n %}Subject: {% blocktranslate trimmed %}Hi {{ name }}{% endblocktranslate %}

Dear {{ name }},

your code is {{ code }}{% if reason %} because {{ reason }}{% endif %}.

Please look here:

{{ url }}
"""


@pytest.fixture(autouse=True)
def _letter_file(settings, tmp_path):
    folder = tmp_path / "emails" / "tests"
    folder.mkdir(parents=True)
    (folder / "hello.txt").write_text(FILE)
    engine = {**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}
    settings.TEMPLATES = [engine]
    settings.SITE_ORIGIN = "http://localhost:8000"
    settings.DEFAULT_FROM_EMAIL = "RTCM <no-reply@rtcm.example>"


def write(**changes):
    about = {"to": "g@example.org", "language": "en", "context": CONTEXT, "dedupe_key": "hello:1"}
    return write_letter("tests/hello", **{**about, **changes})


def test_a_letter_and_its_sending_are_owed_together():
    letter = write()

    assert letter.subject == "Hi Əliyeva Günel"
    assert letter.body_text.startswith("Dear Əliyeva Günel,\n\nyour code is 482913.\n")
    assert letter.state == "owed"
    assert letter.message_id.endswith("@rtcm.example>")
    job = Job.objects.get()
    assert (job.kind, job.queue, job.dedupe_key) == ("mail", "mail", "mail:hello:1")
    assert job.payload == {"message": letter.pk}
    assert letter.job == job


def test_the_same_letter_is_written_once():
    first = write()

    again = write(context={**CONTEXT, "name": "Somebody else"})

    assert again.pk == first.pk
    assert again.subject == first.subject
    assert Job.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_no_fact_no_letter():
    with transaction.atomic():
        write()
        transaction.set_rollback(True)

    assert (Message.objects.count(), Job.objects.count()) == (0, 0)


def test_a_letter_knows_its_reader(amina):
    assert write(user=amina).user == amina


def test_html_in_a_name_stays_text():
    letter = write(context={**CONTEXT, "name": "<b>Amina & Co</b>"})

    assert "Dear <b>Amina & Co</b>," in letter.body_text
    assert "Dear &lt;b&gt;Amina &amp; Co&lt;/b&gt;," in letter.body_html


def test_the_own_address_on_its_line_is_the_button_and_the_line_before_its_label():
    html = as_html("Hello", "Please look here:\n\nhttp://localhost:8000/en/me/\n", "en")

    button = '<a class="button" href="http://localhost:8000/en/me/">Please look here</a>'
    assert html.count('class="button"') == 1
    assert button in html


@pytest.mark.parametrize(
    "foreign",
    [
        "https://evil.example/",
        "http://localhost:8000.evil.example/",
        "http://localhost:8000@evil.example/",
        "javascript:alert(1)",
    ],
)
def test_a_foreign_address_is_never_made_a_button(foreign):
    html = as_html("Hello", f"Look:\n\n{foreign}\n", "en")

    assert 'class="button"' not in html
    assert "evil" not in html.replace(foreign, "")
    assert f'href="{foreign}' not in html


def test_a_name_cannot_add_a_header():
    letter = write(context={**CONTEXT, "name": "Eve\r\nBcc: all@example.org"})

    assert letter.subject == "Hi Eve Bcc: all@example.org"


@pytest.mark.parametrize("to", ["g@example.org\nBcc: x@example.org", "", "g", "a@b.c, d@e.f"])
def test_only_one_proper_address_is_written_to(to):
    with pytest.raises(ValidationError):
        write(to=to)


def test_control_characters_are_left_out():
    assert write(context={**CONTEXT, "name": "A\x00\x1b[31mB"}).subject == "Hi A [31mB"


def test_an_unknown_language_falls_back_to_the_default():
    assert write(language="fr").language == "az"


def test_secrets_are_masked_and_sealed_until_sent():
    letter = write(secrets=["482913"])

    assert "482913" not in letter.body_text + letter.body_html + letter.subject + letter.secret
    assert "your code is •••." in letter.body_text
    subject, text, html = full_text(letter)
    assert subject == "Hi Əliyeva Günel"
    assert "your code is 482913." in text
    assert "your code is 482913." in html


def test_a_secret_in_an_address_is_masked_too():
    assert mask("see ?key=a%2Fb%2Bc or a/b+c", ["a/b+c"]) == "see ?key=••• or •••"


def test_a_longer_secret_leaves_no_tail():
    assert mask("12345678", ["1234", "12345678"]) == "•••"


def test_a_secret_survives_a_changed_key(settings):
    token = seal("482913")

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new-key", [settings.SECRET_KEY]

    assert unseal(token) == "482913"


def test_staff_may_word_a_letter_themselves():
    LetterTemplate.objects.create(
        kind="tests/hello", language="en", subject="Hi {name}", body="{code}\n\n{url}"
    )

    letter = write(context={**CONTEXT, "name": "{code} {url}"})

    assert letter.subject == "Hi {code} {url}"  # filled in one pass
    assert letter.body_text == "482913\n\nhttp://localhost:8000/en/me/\n"
    assert write(language="ru", dedupe_key="hello:2").subject != letter.subject


def test_a_wording_is_no_django_template():
    LetterTemplate.objects.create(
        kind="tests/hello", language="en", subject="{{ name }} {% debug %}", body="{name.pk}"
    )

    letter = write()

    assert letter.subject == "Hi Əliyeva Günel"  # {name.pk} is unknown, so ours was taken


def test_a_wording_that_asks_for_what_is_missing_gives_way_to_ours():
    LetterTemplate.objects.create(
        kind="tests/hello", language="en", subject="Hi", body="because {reason}"
    )

    assert write().subject == "Hi Əliyeva Günel"


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("{nmae}", "no placeholder {nmae}. It has: {code}, {name}, {reason}, {url}."),
        ("{name.__class__}", "no placeholder {name.__class__}"),
        ("{}", "no placeholder {}"),
        ("{0}", "no placeholder {0}"),
    ],
)
def test_an_unknown_placeholder_is_refused_in_words(body, complaint):
    wording = LetterTemplate(kind="tests/hello", language="en", subject="Hi", body=body)

    with translation.override("en"), pytest.raises(ValidationError) as refused:
        wording.full_clean()

    assert complaint in refused.value.message_dict["body"][0]


@pytest.mark.parametrize("kind", ["tests/none", "../../etc/passwd", "letter"])
def test_an_unknown_letter_has_no_wording(kind):
    with pytest.raises(ValidationError) as refused:
        LetterTemplate(kind=kind, language="en", subject="Hi", body="x").full_clean()

    assert refused.value.message_dict["kind"]


@pytest.mark.parametrize("wrong", [{"state": "sent"}, {"state": "lost"}])
def test_the_database_refuses_impossible_letters(wrong):
    write()

    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.update(**wrong)
