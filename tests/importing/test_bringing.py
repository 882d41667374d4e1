"""Upload, decide, bring in, take back: the rules, whatever is brought in."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from rtcm.importing import bringing, keeping
from rtcm.importing.kinds import kind_called
from rtcm.importing.models import Import, ImportRow
from rtcm.jobs.models import Job
from rtcm.jobs.performing import perform_owed
from tests import make
from tests.making.importing import past_trainings, uploaded
from trainings.models import Training

pytestmark = pytest.mark.django_db
HEADING = ["Title in English", "First day"]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def results(source):
    return list(source.rows.values_list("result", flat=True))


def test_nothing_is_created_before_somebody_says_yes():
    source = past_trainings("Border", "Asylum")

    assert source.state == Import.State.CHECKED
    assert source.name == "list.xlsx"
    assert Training.objects.count() == 0

    bringing.bring_in(source, by=None)

    assert Training.objects.count() == 2
    assert results(source) == ["made", "made"]


def test_the_job_that_is_owed_finds_nothing_left_to_do():
    source = past_trainings("Border")
    bringing.bring_in(source, by=None)

    assert perform_owed() == 2
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}
    assert Training.objects.count() == 1


def test_a_long_table_is_a_workers_matter(monkeypatch):
    monkeypatch.setattr(bringing, "AT_ONCE", 1)
    source = past_trainings("Border", "Asylum")
    assert source.state == Import.State.UPLOADED

    perform_owed()
    source = bringing.bring_in(Import.objects.get(), by=None)
    assert source.state == Import.State.DOING
    perform_owed()

    source.refresh_from_db()
    assert source.state == Import.State.DONE
    assert Training.objects.count() == 2


def test_going_on_after_a_death_brings_in_what_is_missing_and_nothing_twice(monkeypatch):
    monkeypatch.setattr(bringing, "AT_ONCE", 0)
    monkeypatch.setattr(bringing, "CHUNK", 2)
    source = past_trainings(*[f"Event {number}" for number in range(5)])
    perform_owed()
    bringing.bring_in(Import.objects.get(), by=None)
    assert bringing._create(source.pk) is True  # the worker dies after the first chunk
    assert Training.objects.count() == 2

    perform_owed()

    assert Training.objects.count() == 5
    assert results(source) == ["made"] * 5


def test_wrong_rows_are_named_and_hold_everything_up_until_left_out():
    source = uploaded("trainings", HEADING, ["Border", "2019-05"], ["Asylum", "soon"])

    wrong = source.rows.wrong().get()
    assert (wrong.number, wrong.errors) == (
        3,
        ["Write the date as 2019-05-03, 05.2019 or 2019: “soon”."],
    )
    with pytest.raises(ValidationError, match="Correct the wrong rows"):
        bringing.bring_in(source, by=None)
    assert Training.objects.count() == 0

    bringing.bring_in(source, by=None, without_wrong=True)

    assert Training.objects.get().title_en == "Border"


def test_a_row_left_out_is_not_brought_in():
    source = past_trainings("Border", "Asylum")
    bringing.decide(source, {source.rows.first().pk: "skip"})

    bringing.bring_in(source, by=None)

    assert Training.objects.get().title_en == "Asylum"


def test_forged_decisions_are_refused():
    source = past_trainings("Border")
    stranger = make.person()

    for forged in [str(stranger.pk), "everybody"]:
        with pytest.raises(ValidationError):
            bringing.decide(source, {source.rows.get().pk: forged})


@pytest.mark.parametrize("verb", [lambda it: bringing.bring_in(it, by=None), bringing.undo])
def test_a_verb_whose_time_is_over_is_refused(verb):
    source = past_trainings("Border")
    Import.objects.update(state=Import.State.UNDONE)

    with pytest.raises(ValidationError, match="no longer possible"):
        verb(source)


def test_taking_back_removes_exactly_what_was_created():
    kept = make.training()
    source = past_trainings("Border", "Asylum")
    bringing.bring_in(source, by=None)

    bringing.undo(source)

    assert list(Training.objects.all()) == [kept]
    assert results(source) == ["undone", "undone"]
    assert Import.objects.get().state == Import.State.UNDONE


def test_what_has_been_used_or_changed_since_stays_and_the_report_says_so():
    source = past_trainings("Border", "Asylum", "Visa")
    bringing.bring_in(source, by=None)
    border, asylum = Training.objects.filter(title_en__in=["Border", "Asylum"]).order_by("pk")
    make.application(border, state="attended")
    asylum.note = "corrected by hand"
    asylum.save()

    bringing.undo(source)

    assert results(source) == ["kept", "kept", "undone"]
    assert [row.note for row in source.rows.all()] == [
        "training “Border” stays: it is used since: applications",
        "training “Asylum” stays: it was changed since",
        "",
    ]


def test_a_row_that_became_impossible_is_reported_and_the_others_are_brought_in():
    source = past_trainings("Border", "Asylum")
    bringing.bring_in(past_trainings("Border"), by=None)

    bringing.bring_in(source, by=None)

    assert results(source) == ["waiting", "made"]
    assert source.rows.wrong().get().errors == [
        "A training with this title and month is here already."
    ]


def test_a_table_that_is_none_leaves_nothing_behind(tmp_path):
    with pytest.raises(ValidationError, match="no column “First day”"):
        uploaded("trainings", ["Title"], ["Border"])

    assert not Import.objects.exists()
    assert list(tmp_path.rglob("*.xlsx")) == []


def test_after_ninety_days_only_what_was_created_remains(tmp_path):
    source = past_trainings("Border")
    bringing.bring_in(source, by=None)
    assert len(list(tmp_path.rglob("*.xlsx"))) == 1
    Import.objects.update(at=timezone.now() - datetime.timedelta(days=91))

    assert keeping.forget() == 1
    assert keeping.forget() == 0

    assert list(tmp_path.rglob("*.xlsx")) == []
    assert ImportRow.objects.get().values == {}
    bringing.undo(Import.objects.get())
    assert not Training.objects.exists()


def test_a_csv_stays_one_and_keeps_the_name_it_was_given():
    old = SimpleUploadedFile("старый список.csv", "Title;First day\nГраница;2019".encode("cp1251"))

    source = bringing.upload(kind_called("trainings"), old, by=None)

    assert source.name == "старый список.csv"
    assert source.file.name.endswith(".csv")
    assert source.rows.get().values == {"title_en": "Граница", "start": "2019"}
