"""The CSVs become data/bureau.duckdb: read, checked, built beside the old file, and swapped in.

`python -m data.build` builds the folder data, or the one that BUREAU_DATA names. Exit code 1 and one
sentence per problem where the data is refused; the old database then stays as it was.
"""

import os
import re
import sys
import time
import uuid
from collections.abc import Iterable
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from data import catalogue, refusals, sheets
from data.catalogue import Table
from data.problem import Problem, RefusedError
from data.sheets import Sheet

SQL = Path(__file__).parent
DATABASE = "bureau.duckdb"
COMMENT = re.compile(r"^comment on .*;$", re.MULTILINE)


def build(folder: Path, database: Path | None = None) -> Path:
    """Build the database of a data folder and return its path: bureau.duckdb in the folder, unless another is named.

    Raises RefusedError with all problems where the data is bad. Visits that have the old file open keep it.
    """
    if not folder.is_dir():
        raise RefusedError([Problem(str(folder), None, None, "폴더가 없습니다.")])
    database = database or folder / DATABASE
    beside = database.with_name(f"{DATABASE}.{uuid.uuid4().hex}")
    try:
        with duckdb.connect(beside, config={"default_block_size": 16384}) as connection:
            _refuse(refusals.of_totals(connection, fill(connection, folder)))
        os.replace(beside, database)
    finally:
        for leftover in (beside, beside.with_name(f"{beside.name}.wal")):
            leftover.unlink(missing_ok=True)
    return database


def fill(connection: DuckDBPyConnection, folder: Path, comments: bool = True) -> list[Table]:
    """Fill an empty database with a data folder, views and checks included; its tables, parents before children.

    Without its comments it is done a sixth sooner. Raises RefusedError where a file, a row or a key is bad; whether the totals hold is for who asks (refusals).
    """
    # Few transactions: otherwise every statement waits for the disk.
    connection.begin()
    connection.execute(_script("schema.sql", comments))
    tables = catalogue.tables(connection)
    contents, problems = sheets.read(folder, tables)
    for sheet in contents:
        _stage(connection, sheet)
    connection.commit()
    damaged = {sheet.table.name for sheet in contents if sheet.damaged}
    if problems or any(refusals.of_rules(connection, damaged)):
        raise RefusedError([*problems, *refusals.of_rows(connection, tables, damaged)])
    connection.begin()
    try:
        for table in tables:
            _insert(connection, table)
    except duckdb.ConstraintException:
        # What the constraints refuse, the staged rows can tell by file and line.
        connection.rollback()
        _refuse(refusals.of_rows(connection, tables, damaged))
        raise
    for script in ("views.sql", "checks.sql"):
        connection.execute(_script(script, comments))
    connection.commit()
    return tables


def _script(name: str, comments: bool) -> str:
    text = (SQL / name).read_text(encoding="utf-8")
    return text if comments else COMMENT.sub("", text)


def _refuse(problems: Iterable[Problem]) -> None:
    if found := list(problems):
        raise RefusedError(found)


def _stage(connection: DuckDBPyConnection, sheet: Sheet) -> None:
    """The rows of a sheet with their file and line, in a temporary table without constraints."""
    columns = [
        ("sheet_file", "VARCHAR"),
        ("sheet_line", "INTEGER"),
        *((c.name, c.type) for c in sheet.table.columns),
    ]
    declared = ", ".join(f'"{name}" {type_name}' for name, type_name in columns)
    connection.execute(f"create temp table staged_{sheet.table.name} ({declared})")
    if not sheet.rows:
        return
    values = [[row.file for row in sheet.rows], [row.line for row in sheet.rows]]
    for column in sheet.table.columns:
        values.append([row.as_of if column.name == "as_of" else row.cells[column.name] for row in sheet.rows])
    cast = ", ".join(
        f"unnest(${number}::varchar[])::{type_name}" for number, (_, type_name) in enumerate(columns, 1)
    )
    connection.execute(f"insert into staged_{sheet.table.name} select {cast}", values)


def _insert(connection: DuckDBPyConnection, table: Table) -> None:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    if not table.hierarchy:
        connection.execute(
            f"insert into {table.name} select {names} from staged_{table.name} order by sheet_line"
        )
        return
    # A foreign key to the same table sees only what earlier statements inserted: one level at a time.
    own, parent = table.hierarchy.parent_columns[-1], table.hierarchy.columns[-1]
    inserted = -1
    while inserted != 0:
        (inserted,) = connection.execute(
            f"insert into {table.name} select {names} from staged_{table.name} as staged"
            f" where not exists (from {table.name} as done"
            f' where done.as_of = staged.as_of and done."{own}" = staged."{own}")'
            f' and (staged."{parent}" is null or exists (from {table.name} as above'
            f' where above.as_of = staged.as_of and above."{own}" = staged."{parent}")) order by sheet_line'
        ).fetchone() or (0,)
    staged, filled = (
        connection.execute(f"select count(*) from {name}").fetchone()
        for name in (f"staged_{table.name}", table.name)
    )
    if staged != filled:
        raise duckdb.ConstraintException(f"{table.name}: rows whose parents never come")


def main() -> int:
    """Build the folder of the environment, finishing a publication that was cut off; the exit code."""
    from lib.intake import publish  # stands above the data, and is wanted by the command alone
    from lib.intake.draft import IntakeError

    started = time.perf_counter()
    try:
        database = publish.rebuild(Path(os.environ.get("BUREAU_DATA", SQL)))
    except (RefusedError, IntakeError) as refused:
        print(refused, file=sys.stderr)
        return 1
    except (OSError, duckdb.IOException, duckdb.TransactionException) as error:
        print(f"데이터베이스를 쓸 수 없습니다: {error}", file=sys.stderr)
        return 1
    print(f"{database} ({time.perf_counter() - started:.2f}초)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
