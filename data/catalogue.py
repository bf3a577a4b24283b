"""The tables as DuckDB itself knows them, so that no rule of schema.sql is written twice."""

from typing import NamedTuple

from duckdb import DuckDBPyConnection

# The folder of a table that has an as_of column is that of the table its as_of goes back to.
DATED_FOLDERS = {"edition": "report", "population_month": "population"}
REFERENCE_FOLDER = "reference"


class Column(NamedTuple):
    name: str
    type: str
    required: bool


class Check(NamedTuple):
    columns: list[str]
    expression: str


class Reference(NamedTuple):
    """A foreign key: columns of this table and, in the same order, of the parent."""

    columns: list[str]
    parent: str
    parent_columns: list[str]


class Table(NamedTuple):
    """One table. The first of keys is the primary key; folder is reference, report or population."""

    name: str
    folder: str
    columns: list[Column]
    keys: list[list[str]]
    checks: list[Check]
    references: list[Reference]

    @property
    def dated(self) -> bool:
        """Whether as_of comes from the folder's name."""
        return self.folder != REFERENCE_FOLDER

    @property
    def sheet_columns(self) -> list[Column]:
        """The columns that the CSV has."""
        return [column for column in self.columns if column.name != "as_of"]

    @property
    def row_key(self) -> list[str]:
        """The columns that tell one row of the CSV from another."""
        return [column for column in self.keys[0] if column != "as_of"]

    @property
    def hierarchy(self) -> Reference | None:
        """The reference of the table to itself, if it has one."""
        return next((reference for reference in self.references if reference.parent == self.name), None)


def tables(connection: DuckDBPyConnection) -> list[Table]:
    """All tables, parents before children."""
    names = [
        name
        for (name,) in connection.execute(
            "select table_name from duckdb_tables() order by table_oid"
        ).fetchall()
    ]
    references = {name: _references(connection, name) for name in names}
    return [_table(connection, name, references) for name in _parents_first(names, references)]


def _parents_first(names: list[str], references: dict[str, list[Reference]]) -> list[str]:
    ordered: list[str] = []
    while len(ordered) < len(names):
        ordered += [
            name
            for name in names
            if name not in ordered
            and all(reference.parent in (*ordered, name) for reference in references[name])
        ]
    return ordered


def _table(connection: DuckDBPyConnection, name: str, references: dict[str, list[Reference]]) -> Table:
    columns = [
        Column(*row)
        for row in connection.execute(
            "select column_name, data_type, not is_nullable from duckdb_columns()"
            " where table_name = $name order by column_index",
            {"name": name},
        ).fetchall()
    ]
    keys = connection.execute(
        "select constraint_column_names from duckdb_constraints()"
        " where table_name = $name and constraint_type in ('PRIMARY KEY', 'UNIQUE')"
        " order by constraint_type, constraint_index",
        {"name": name},
    ).fetchall()
    checks = connection.execute(
        "select list_distinct(constraint_column_names), expression, constraint_column_names[1]"
        " from duckdb_constraints() where table_name = $name and constraint_type = 'CHECK'"
        " order by constraint_index",
        {"name": name},
    ).fetchall()
    return Table(
        name,
        _folder(name, columns, references),
        columns,
        [key for (key,) in keys],
        # The column that the expression names first is the one to point at.
        [Check([first, *sorted(set(named) - {first})], text) for named, text, first in checks],
        references[name],
    )


def _references(connection: DuckDBPyConnection, name: str) -> list[Reference]:
    rows = connection.execute(
        "select constraint_column_names, referenced_table, referenced_column_names from duckdb_constraints()"
        " where table_name = $name and constraint_type = 'FOREIGN KEY' order by constraint_index",
        {"name": name},
    ).fetchall()
    return [Reference(*row) for row in rows]


def _folder(name: str, columns: list[Column], references: dict[str, list[Reference]]) -> str:
    if "as_of" not in [column.name for column in columns]:
        return REFERENCE_FOLDER
    while name not in DATED_FOLDERS:
        name = next(
            reference.parent
            for reference in references[name]
            if "as_of" in reference.columns and reference.parent != name
        )
    return DATED_FOLDERS[name]
