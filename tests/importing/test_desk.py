"""The pages of imports on the desk, and what bad tables get there."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rtcm.accounts.models import PersonalDataRead
from rtcm.importing.models import Import
from tests import make
from tests.files import hostile
from tests.making.importing import past_trainings, table, uploaded
from trainings.models import Training

ADD = "/admin/importing/import/add/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def desk(client, clara, settings):
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(clara)
    return client


def send(desk, file, kind="trainings", **extra):
    return desk.post(ADD, {"kind": kind, f"{kind}-table": file, **extra})


def page_of(source):
    return f"/admin/importing/import/{source.pk}/change/"


def test_a_table_is_uploaded_looked_at_brought_in_and_taken_back(desk):
    answer = send(desk, table(["Title", "First day"], ["Border", "2019"], ["Asylum", "soon"]))

    source = Import.objects.get()
    assert answer["Location"] == page_of(source)
    page = desk.get(page_of(source)).content.decode()
    assert "Border" in page
    assert "Write the date as 2019-05-03, 05.2019 or 2019: “soon”." in page

    desk.post(page_of(source), {"verb": "bring"})
    assert Training.objects.count() == 0
    desk.post(page_of(source), {"verb": "bring", "left_out": "on"})
    assert Training.objects.get().title_en == "Border"

    desk.post(page_of(source), {"verb": "undo"})
    assert Training.objects.count() == 0
    assert "taken back" in desk.get(page_of(source)).content.decode()


def test_who_somebody_is_is_decided_on_the_page(desk):
    past, known = make.training(in_days=-90), make.person("Rəşad Əliyev", country=make.country())
    rows = [["Full name"], ["Rashad Aliyev"], ["Nigar Quliyeva"]]
    send(desk, table(*rows), "participants", **{"participants-subject": past.pk})

    source = Import.objects.get()
    page = desk.get(page_of(source)).content.decode()
    assert "the same as Rəşad Əliyev" in page
    assert "the same name, spelled otherwise" in page
    row = source.rows.get(number=2)
    desk.post(page_of(source), {"verb": "bring", f"row-{row.pk}": str(known.pk)})

    assert known.applications.get().training == past
    assert past.applications.count() == 2


MANY = ("Title;First day\n" + "Border;2019\n" * 10_000).encode()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The submitted file is empty"),
        (hostile.pdf(), "not a table that we can read"),
        (hostile.picture("PNG"), "not a table that we can read"),
        (hostile.sheet(["City"], ["Baku"]), "no column “First day”"),
        (hostile.sheet(["Title", "First day"]), "no rows below them"),
        (hostile.sheet(["Title", "First day"], ["A"], sheet1=hostile.LAUGHS), "not a table"),
        (hostile.archive(**{"a.xml": bytes(60 * hostile.MEGABYTE)}), "too large when unpacked"),
        (b"\xd0\xcf\x11\xe0old", "of an old kind (.xls)"),
        (MANY, "more than 5000 rows"),
    ],
    ids=range(9),
)
def test_a_bad_table_gets_a_sentence_and_leaves_nothing(desk, tmp_path, content, says):
    answer = send(desk, SimpleUploadedFile("list.xlsx", content))

    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert not Import.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("subject", ["", "999999", "abc"])
def test_a_list_without_its_training_gets_a_sentence(desk, subject):
    answer = send(desk, table(["Full name"], ["A"]), "participants",
                  **{"participants-subject": subject})  # fmt: skip

    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert not Import.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"kind": "money"}, {"kind": "trainings"}])
def test_a_forged_upload_changes_nothing(desk, sent):
    assert desk.post(ADD, sent).status_code == 200
    assert not Import.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"verb": "burn"}, {"verb": "bring", "row-x": "1"}])
def test_a_forged_decision_changes_nothing(desk, sent):
    source = past_trainings("Border", note="-")

    assert desk.post(page_of(source), sent).status_code == 302
    assert Training.objects.count() == (1 if sent.get("verb") == "bring" else 0)


def test_an_empty_table_in_the_readers_language_is_offered(desk):
    answer = desk.get("/admin/importing/import/template/participants.xlsx")

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert [cell.value for cell in sheet[1]][:3] == ["Full name", "Name in Latin letters", "Sex"]
    assert desk.get("/admin/importing/import/template/participants.csv").status_code == 200
    for wrong in ["money.xlsx", "participants.exe"]:
        assert desk.get(f"/admin/importing/import/template/{wrong}").status_code == 404


def test_the_uploaded_file_is_given_back_as_a_download(desk):
    source = past_trainings("Border")

    answer = desk.get(f"/admin/importing/import/{source.pk}/file/")

    assert answer["Content-Disposition"] == 'attachment; filename="list.xlsx"'
    b"".join(answer.streaming_content)


@pytest.mark.parametrize("person", ["amina", "gunel", "hasan", "farid"])
@pytest.mark.django_db
def test_others_are_not_let_in(client, person, request, settings):
    settings.STAFF_SECOND_FACTOR = False
    source = past_trainings("Border")
    client.force_login(request.getfixturevalue(person))

    addresses = [ADD, page_of(source), f"/admin/importing/import/{source.pk}/file/"]
    answers = {client.get(address).status_code for address in addresses}

    assert answers <= {302, 403}
    assert client.get("/admin/importing/import/template/trainings.xlsx").status_code in {
        302,
        403,
        404,
    }


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_an_import_asks_as_often_however_long_it_is(
    desk, rows, django_assert_num_queries
):
    past = make.training(in_days=-90)
    for number in range(3):
        make.person(f"Rashad{'abc'[number]} Aliyev", country=make.country())
    names = [[f"Rashad{'abc'[number]} Aliyev"] for number in range(rows)]
    source = uploaded("participants", ["Full name"], *names, subject=past)

    with django_assert_num_queries(19):
        desk.get(page_of(source))


def test_the_participants_of_a_training_are_given_out_and_each_sees_it(desk, clara):
    training = make.training()
    make.application(training, make.person("=cmd|' /C calc'!A0", "a@example.org"))
    make.application(training, make.person("Rəşad Əliyev"))

    excel = desk.get(f"/admin/trainings/training/{training.pk}/participants.xlsx")
    plain = desk.get(f"/admin/trainings/training/{training.pk}/participants.csv")

    sheet = openpyxl.load_workbook(io.BytesIO(excel.content)).active
    assert [row[0].value for row in sheet.iter_rows()] == [
        "Full name",
        "'=cmd|' /C calc'!A0",
        "Rəşad Əliyev",
    ]
    assert "Rəşad Əliyev" in plain.content.decode("utf-8-sig")
    assert PersonalDataRead.objects.filter(reader=clara, what="list of participants").count() == 2


def test_from_its_overview_a_training_leads_to_the_importer(desk):
    training = make.training(in_days=-90)

    answer = desk.get(f"/admin/trainings/training/{training.pk}/participants/bring-in/")
    page = desk.get(answer["Location"]).content.decode()

    assert f'<option value="{training.pk}" selected>' in page
