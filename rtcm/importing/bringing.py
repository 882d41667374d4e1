"""What staff do with a table: upload it, decide about its rows, bring it in, take it back.

Rows are brought in by hundreds, each hundred in one transaction that holds the import; what a row
created is written down in the transaction that created it. So whatever dies in between, going on
brings in what is missing and nothing twice.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rtcm.importing.kinds import Kind
from rtcm.importing.models import Import, ImportRow
from rtcm.importing.undoing import take_back
from rtcm.jobs.models import GiveUp, Job, owe
from rtcm.spreadsheets import Row, read
from rtcm.uploads import plain_name, random_name

CHUNK = 100
AT_ONCE = 300  # rows: more of them are a worker's matter, and the page waits
LONGEST_NOTE = 500
State = Import.State


def upload(kind: Kind, table: Any, *, by: Any, subject: Any = None) -> Import:
    """The table as rows that nobody has decided about yet; refuses with a sentence."""
    if kind.has_subject and subject is None:
        raise ValidationError(_("Choose what this table belongs to."))
    rows = read(table, kind.headings, kind.required, kind.most_rows)
    told = plain_name(table.name)
    table.seek(0)
    table.name = random_name("xlsx" if table.read(2) == b"PK" else "csv")
    with transaction.atomic():
        source = Import.objects.create(
            kind=kind.name,
            subject_id=subject.pk if subject else None,
            file=table,
            name=told,
            language=translation.get_language() or "en",
            by=by,
        )
        ImportRow.objects.bulk_create(_unchecked(source, row) for row in rows)
        _owe(source)
    return _at_once(source)


def _unchecked(source: Import, row: Row) -> ImportRow:
    columns = {column.key: column.title for column in source.what.columns}
    errors = [f"{columns[key]}: {sentence}" for key, sentence in row.errors.items()]
    return ImportRow(source=source, number=row.number, values=row.values, errors=errors)


def decide(source: Import, decisions: Mapping[int, str]) -> None:
    """By row: "new", "skip", or the number of the person who this already is."""
    with transaction.atomic():
        _held(source, State.CHECKED)
        for row in source.rows.right().filter(pk__in=decisions):
            _decided(row, decisions[row.pk])


def _decided(row: ImportRow, decision: str) -> None:
    row.person_id = None
    row.decision = decision
    if decision.isdecimal():
        if int(decision) not in {each["person"] for each in row.suggestions}:
            raise ValidationError(_("This person was not suggested for row %(n)s.") % row_n(row))
        row.person_id, row.decision = int(decision), ImportRow.Decision.SAME
    elif decision not in {"", ImportRow.Decision.NEW, ImportRow.Decision.SKIP}:
        raise ValidationError(_("Choose one of the answers for row %(n)s.") % row_n(row))
    row.save(update_fields=["person", "decision"])


def rest_is_new(source: Import) -> None:
    """Whoever has not been recognised in anybody is somebody new."""
    with transaction.atomic():
        _held(source, State.CHECKED)
        source.rows.undecided().update(decision=ImportRow.Decision.NEW)


def row_n(row: ImportRow) -> dict[str, int]:
    return {"n": row.number}


def bring_in(source: Import, *, by: Any, without_wrong: bool = False) -> Import:
    """Everything decided is created; refused while a row is wrong or waits for a decision."""
    with transaction.atomic():
        held = _held(source, State.CHECKED)
        undecided, wrong = held.rows.undecided().count(), held.rows.wrong().count()
        if undecided:
            raise ValidationError(_waits(undecided))
        if wrong and not without_wrong:
            raise ValidationError(
                _("Correct the wrong rows in your table, or tick that they are left out.")
            )
        if not held.rows.waiting().exists():
            raise ValidationError(_("There is nothing to bring in."))
        held.state, held.by = State.DOING, by
        held.save(update_fields=["state", "by"])
        _owe(held)
    return _at_once(held)


def _waits(number: int) -> str:
    return ngettext(
        "%(n)s row waits for your decision: who is it?",
        "%(n)s rows wait for your decision: who are they?",
        number,
    ) % {"n": number}


def undo(source: Import) -> Import:
    """Takes away what the rows created, except what has been used or changed since."""
    with transaction.atomic():
        held = _held(source, State.DONE)
        held.state = State.UNDOING
        held.save(update_fields=["state"])
        _owe(held)
    return _at_once(held)


def _held(source: Import, state: str) -> Import:
    held = Import.objects.select_for_update().get(pk=source.pk)
    if held.state != state:
        raise ValidationError(
            _("This is no longer possible: the status of the import is “%(state)s”.")
            % {"state": held.get_state_display()},
            code="moved",
        )
    return held


def _owe(source: Import) -> None:
    owe("import", f"import:{source.pk}:{source.state}", payload={"import": source.pk})


def _at_once(source: Import) -> Import:
    """A short table needs no worker; the job owed for it then finds nothing to do."""
    if source.rows.count() <= AT_ONCE:
        work(source)
    source.refresh_from_db()
    return source


def perform(job: Job) -> None:
    """Performs an "import" job: whatever the import's state asks for."""
    source = Import.objects.filter(pk=job.payload["import"]).first()
    if source is None:
        raise GiveUp("The import was deleted.")
    work(source)


def work(source: Import) -> None:
    step = {State.UPLOADED: _check, State.DOING: _create, State.UNDOING: _take_back}.get(
        State(source.state)
    )
    with translation.override(source.language):
        while step and step(source.pk):
            pass


def _check(pk: int) -> bool:
    """Every row in one go: some mistakes are only seen beside another row."""
    with transaction.atomic():
        source = Import.objects.select_for_update().get(pk=pk)
        if source.state != State.UPLOADED:
            return False
        kind, subject, memo = source.what, source.subject, dict[str, Any]()
        rows = list(source.rows.all())
        for row in rows:
            row.errors += kind.check(row.values, subject, memo)
            found = [] if row.errors else kind.people(row.values, memo)
            row.suggestions = [
                {"person": each.person.pk, "score": each.score, "why": each.why} for each in found
            ]
            row.decision = "" if found else ImportRow.Decision.NEW
        ImportRow.objects.bulk_update(rows, ["errors", "suggestions", "decision"], batch_size=500)
        source.state = State.CHECKED
        source.save(update_fields=["state"])
    return False


def _create(pk: int) -> bool:
    """The next hundred rows; False when there are none."""
    with transaction.atomic():
        source = Import.objects.select_for_update().get(pk=pk)
        if source.state != State.DOING:
            return False
        rows = list(source.rows.waiting().select_related("person")[:CHUNK])
        subject = source.subject
        for row in rows:
            _create_one(row, source, subject)
        if not rows:
            source.state, source.done_at = State.DONE, timezone.now()
            source.save(update_fields=["state", "done_at"])
        return bool(rows)


def _create_one(row: ImportRow, source: Import, subject: Any) -> None:
    known = row.person
    try:
        with transaction.atomic():
            made = source.what.create(row, subject, source.by)
    except ValidationError as refusal:
        row.person, row.errors = known, refusal.messages
    except IntegrityError:
        row.person, row.errors = known, [_("This row contradicts what is already here.")]
    else:
        row.result, row.made_at = ImportRow.Result.MADE, timezone.now()
        row.created = [[each._meta.label, each.pk] for each in made]
    row.save()


def _take_back(pk: int) -> bool:
    with transaction.atomic():
        source = Import.objects.select_for_update().get(pk=pk)
        if source.state != State.UNDOING:
            return False
        rows = list(source.rows.made().order_by("-number")[:CHUNK])
        for row in rows:
            kept = take_back(row)
            row.note = "; ".join(kept)[:LONGEST_NOTE]
            row.result = ImportRow.Result.KEPT if kept else ImportRow.Result.UNDONE
            row.save(update_fields=["note", "result"])
        if not rows:
            source.state, source.undone_at = State.UNDONE, timezone.now()
            source.save(update_fields=["state", "undone_at"])
        return bool(rows)
