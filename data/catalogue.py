"""The tables as DuckDB itself knows them, so that no rule of schema.sql is written twice."""

from graphlib import TopologicalSorter
from typing import NamedTuple

from duckdb import DuckDBPyConnection

# The folder of a table that has an as_of column is that of the table its as_of goes back to.
DATED_FOLDERS = {
    "edition": "report",
    "population_month": "population",
    "flexible_work_count": "flexible_work",
}
# Folders that need not be there: no folder, no rows.
OPTIONAL_FOLDERS = frozenset({"flexible_work"})
REFERENCE_FOLDER = "reference"


class Column(NamedTuple):
    name: str
    type: str
    required: bool


class Check(NamedTuple):
    """A check constraint and its columns, the one that the expression names first in front."""

    columns: list[str]
    expression: str


class Reference(NamedTuple):
    """A foreign key: columns of this table and, in the same order, of the parent."""

    columns: list[str]
    parent: str
    parent_columns: list[str]


class Table(NamedTuple):
    """One table. The first of keys is the primary key; folder is reference or one of DATED_FOLDERS."""

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
    columns: dict[str, list[Column]] = {}
    for name, *column in connection.execute(
        "select table_name, column_name, data_type, not is_nullable from duckdb_columns()"
        " where not internal order by table_oid, column_index"
    ).fetchall():
        columns.setdefault(name, []).append(Column(*column))
    constraints: dict[str, list[Constraint]] = {name: [] for name in columns}
    for name, *constraint in connection.execute(
        "select table_name, constraint_type, constraint_column_names, expression, referenced_table,"
        " referenced_column_names from duckdb_constraints() order by constraint_index"
    ).fetchall():
        constraints[name].append(Constraint(*constraint))
    references = {name: _references(found) for name, found in constraints.items()}
    parents = {name: {found.parent for found in references[name]} - {name} for name in columns}
    return [
        _table(name, columns[name], constraints[name], references)
        for name in TopologicalSorter(parents).static_order()
    ]


class Constraint(NamedTuple):
    """A row of duckdb_constraints()."""

    type: str
    columns: list[str]
    expression: str
    parent: str
    parent_columns: list[str]


def _references(constraints: list[Constraint]) -> list[Reference]:
    return [
        Reference(constraint.columns, constraint.parent, constraint.parent_columns)
        for constraint in constraints
        if constraint.type == "FOREIGN KEY"
    ]


def _table(
    name: str, columns: list[Column], constraints: list[Constraint], references: dict[str, list[Reference]]
) -> Table:
    return Table(
        name,
        _folder(name, columns, references),
        columns,
        [
            constraint.columns
            for kind in ("PRIMARY KEY", "UNIQUE")
            for constraint in constraints
            if constraint.type == kind
        ],
        [
            Check(list(dict.fromkeys(constraint.columns)), constraint.expression)
            for constraint in constraints
            if constraint.type == "CHECK"
        ],
        references[name],
    )


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
