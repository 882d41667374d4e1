"""Rows by the million: sets made by the database itself, one statement for each kind of row.

What a statement does not say comes from an unsaved model instance, so that a column added to a
model later needs no change here. Keys and CHECKs hold throughout; triggers sleep meanwhile.
"""
# ruff: noqa: S608 - every piece of these statements is written in this folder

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.db import connection, models
from django.db.models import NOT_PROVIDED

OWN = 1000  # keys up to here belong to the rows that the commands have loaded
HANDS = 2  # connections that fill the largest table side by side


def run(sql: str, values: Iterable[Any] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))


def prepare() -> None:
    """Fast and still whole: what is lost in a crash now is filled in again anyway."""
    run("SET synchronous_commit = off")
    run("SET session_replication_role = replica")  # foreign keys are right by construction


def multiply(row: models.Model, count: int, source: str = "", **changes: str) -> None:
    """Insert `count` rows like this one; `changes` are SQL over the row's number i.

    `source` joins what else the changes speak of.
    """
    insert(row, 1, count, source, changes)


def multiply_side_by_side(row: models.Model, count: int, source: str, **changes: str) -> None:
    step = -(-count // HANDS)

    def fill(first: int) -> None:
        prepare()
        insert(row, first, min(first + step - 1, count), source, changes)
        connection.close()

    with ThreadPoolExecutor(HANDS) as hands:
        list(hands.map(fill, range(1, count + 1, step)))


def insert(row: models.Model, first: int, last: int, source: str, changes: dict[str, str]) -> None:
    changes = {"id": f"i + {OWN}"} | changes
    columns, parts, values = [], [], []
    for field in row._meta.concrete_fields:
        if field.generated or (field.column not in changes and from_the_database(field)):
            continue
        columns.append(connection.ops.quote_name(field.column))
        if field.column in changes:
            parts.append(plain(changes[field.column]))
        else:
            parts.append("%s")
            values.append(field.get_db_prep_save(field.pre_save(row, add=True), connection))
    into = f"INSERT INTO {row._meta.db_table} ({', '.join(columns)}) SELECT {', '.join(parts)}"
    numbers = "generate_series(%s::int, %s::int) AS i"
    run(f"{into} FROM {numbers} {plain(source)}", [*values, first, last])


def from_the_database(field: Any) -> bool:
    return field.db_default is not NOT_PROVIDED


def plain(sql: str) -> str:
    """SQL in which % is an operator, not a placeholder."""
    return sql.replace("%", "%%")


def relate(through: type[models.Model], count: int, first: str, second: str) -> None:
    """Pairs of a many-to-many relation, both sides as SQL over i."""
    columns = [field.column for field in through._meta.concrete_fields if not field.primary_key]
    into = f"INSERT INTO {through._meta.db_table} ({', '.join(columns)})"
    run(f"{into} SELECT {plain(first)}, {plain(second)} FROM generate_series(1, %s) AS i", [count])


def table(name: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """A table of the benchmark's own, numbered from 0, for the statements to draw from."""
    ready = list(rows)  # they may come over the connection that COPY needs
    run(f"CREATE UNLOGGED TABLE {name} (n int PRIMARY KEY, {columns})")
    with connection.cursor() as cursor, cursor.copy(f"COPY {name} FROM STDIN") as copy:
        for number, row in enumerate(ready):
            copy.write_row((number, *row))
    run(f"ANALYZE {name}")


@contextmanager
def without_indexes(*models_: type[models.Model]) -> Iterator[None]:
    """Indexes are built at the end, which takes a fraction of keeping them; constraints stay."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i"
            " JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid"
            " WHERE t.relname = ANY(%s) AND NOT i.indisunique",
            [[model._meta.db_table for model in models_]],
        )
        indexes = cursor.fetchall()
    for name, _definition in indexes:
        run(f'DROP INDEX "{name}"')
    yield
    for _name, definition in indexes:
        run(definition)


def settle(filled: Iterable[type[models.Model]]) -> None:
    """Sequences go on after the keys given out here, and the planner learns what there is."""
    for model in filled:
        name, key = model._meta.db_table, model._meta.pk.column
        last = f"(SELECT max({key}) FROM {name})"
        run(f"SELECT setval(pg_get_serial_sequence('{name}', '{key}'), {last})")
    run("VACUUM ANALYZE")


# --- SQL that several kinds of rows share -------------------------------------------------------


def some_text(texts: int) -> str:
    """Joins two of the invented texts, t and u."""
    first, second = f"i % {texts}", f"(i / {texts} * 7 + i * 31) % {texts}"
    return f"JOIN bench_text t ON t.n = {first} JOIN bench_text u ON u.n = {second}"


def some_name(names: int, number: str = "i") -> str:
    return f"JOIN bench_name n ON n.n = ({number}) % {names}"


def some_of(name: str, number: str) -> str:
    """The value of one of the few rows of a table made by table()."""
    return f"(SELECT value FROM {name} WHERE n = ({number}) % (SELECT count(*) FROM {name}))"


def some_country(number: str = "i") -> str:
    return some_of("bench_country", number)


def some_module(number: str = "i") -> str:
    return some_of("bench_module", number)


def in_each(**texts: str) -> dict[str, str]:
    """The same SQL for the column itself and for its column in every language."""
    whole = {f"{name}_{code}": sql for name, sql in texts.items() for code in ("en", "az", "ru")}
    return texts | whole
