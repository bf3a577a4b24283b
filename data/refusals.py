"""What refuses the data: keys, checks and references of the schema, and what no constraint can say.

All of it looks at the staged rows (tables named staged_…, which know their sheet_file and sheet_line), before anything
goes into a real table; the broken totals look at the finished database.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from duckdb import DuckDBPyConnection

from data.catalogue import Check, Reference, Table
from data.problem import Problem


class Rule(NamedTuple):
    """What no constraint can say: a query for file, line, column and reason, and the tables it looks at."""

    tables: frozenset[str]
    sql: str


MISSING_DISTRICTS = Rule(
    frozenset({"district", "population_month", "district_population"}),
    """
select 'population/' || as_of || '/district_population.csv', null, 'district_code',
    district.district || '(' || district_code || ') 자료가 없습니다.'
from staged_population_month cross join staged_district as district
where not exists (
    from staged_district_population as present
    where present.as_of = staged_population_month.as_of and present.district_code = district.district_code
)
order by as_of, district_code
""",
)

MISSING_DONGS = Rule(
    frozenset({"district", "dong", "population_month", "dong_population"}),
    """
select 'population/' || as_of || '/dong_population.csv', null, 'dong_code',
    coalesce(district.district || ' ', '') || dong.dong || '(' || dong_code || ') 자료가 없습니다.'
from staged_population_month cross join staged_dong as dong
left join staged_district as district using (district_code)
where staged_population_month.as_of between coalesce(dong.valid_from, staged_population_month.as_of)
    and coalesce(dong.valid_to, staged_population_month.as_of)
and not exists (
    from staged_dong_population as present
    where present.as_of = staged_population_month.as_of and present.dong_code = dong.dong_code
)
order by as_of, dong_code
""",
)

DONGS_OUT_OF_TIME = Rule(
    frozenset({"district", "dong", "dong_population"}),
    """
select present.sheet_file, present.sheet_line, 'dong_code',
    '이 달에 없는 동입니다: ' || coalesce(district.district || ' ', '') || dong.dong || '(' || dong_code || ', 시작일 '
    || coalesce(dong.valid_from::varchar, '없음') || ', 마지막 날 ' || coalesce(dong.valid_to::varchar, '없음') || ').'
from staged_dong_population as present
join staged_dong as dong using (dong_code)
left join staged_district as district using (district_code)
where present.as_of < dong.valid_from or present.as_of > dong.valid_to
order by present.sheet_file, present.sheet_line
""",
)

MILESTONES_OUT_OF_ORDER = Rule(
    frozenset({"milestone"}),
    """
select later.sheet_file, later.sheet_line, 'predecessor',
    '앞 단계(' || earlier.milestone || ')가 이 단계의 시작(' || strftime(later.start_month, '%Y-%m')
    || ')보다 앞서 끝나지 않습니다(끝: ' || coalesce(strftime(earlier.end_month, '%Y-%m'), '없음') || ').'
from staged_milestone as later
join staged_milestone as earlier
    on earlier.as_of = later.as_of and earlier.milestone = later.predecessor
where earlier.end_month is null or earlier.end_month >= later.start_month
order by later.sheet_file, later.sheet_line
""",
)

DIFFERING_QUOTAS = Rule(
    frozenset({"flexible_work_count"}),
    """
select sheet_file, sheet_line, 'quota',
    department || ' ' || rank_band || '의 다른 행(' || first_quota || ')과 정원이 다릅니다(' || quota || ').'
from (
    select *, first_value(quota) over (
        partition by as_of, department, rank_band order by sheet_line
    ) as first_quota
    from staged_flexible_work_count
)
where quota <> first_quota
order by sheet_file, sheet_line
""",
)

MORE_USERS_THAN_POSTS = Rule(
    frozenset({"flexible_work_count"}),
    """
select min(sheet_file), min(sheet_line), 'user_count',
    department || ' ' || rank_band || '의 이용자 합계(' || sum(user_count)
    || ')가 정원(' || min(quota) || ')보다 많습니다. 한 사람은 가장 많이 이용한 시각에 한 번만 세어 주십시오.'
from staged_flexible_work_count
group by as_of, department, rank_band
having sum(user_count) > min(quota)
order by 1, 2
""",
)

RULES = (
    MISSING_DISTRICTS,
    MISSING_DONGS,
    DONGS_OUT_OF_TIME,
    MILESTONES_OUT_OF_ORDER,
    DIFFERING_QUOTAS,
    MORE_USERS_THAN_POSTS,
)


def of_rows(connection: DuckDBPyConnection, tables: list[Table], damaged: set[str]) -> Iterator[Problem]:
    """Problems of the staged rows. Tables in damaged have lost cells, so nothing is looked up in them."""
    circular = set()
    for table in tables:
        for key in table.keys:
            yield from _duplicates(connection, table, key)
        for check in table.checks:
            yield from _failed_checks(connection, table, check)
        for reference in table.references:
            if reference.parent not in damaged:
                yield from _orphans(connection, table, reference)
        for problem in _circles(connection, table):
            circular.add(table.name)
            yield problem
    yield from of_rules(connection, damaged | circular)


def of_rules(connection: DuckDBPyConnection, damaged: set[str]) -> Iterator[Problem]:
    """Problems of the staged rows that no constraint of the schema would refuse."""
    for rule in RULES:
        if rule.tables.isdisjoint(damaged):
            yield from (Problem(*row) for row in connection.execute(rule.sql).fetchall())


def _duplicates(connection: DuckDBPyConnection, table: Table, key: list[str]) -> Iterator[Problem]:
    if key == ["as_of"]:
        return  # one row per folder, which the sheets have seen to
    columns = ", ".join(map(_quoted, key))
    shown = [column for column in key if column != "as_of"] or key
    rows = connection.execute(
        f"select sheet_file, sheet_line, min(sheet_line) over (partition by {columns}) as first_line,"
        f" concat_ws(', ', {', '.join(map(_quoted, shown))})"
        f" from staged_{table.name} where {_all_given(key)}"
        " qualify sheet_line > first_line order by sheet_file, sheet_line"
    ).fetchall()
    for file, line, first_line, value in rows:
        yield Problem(file, line, shown[-1], f"{first_line}행과 겹칩니다({', '.join(shown)}: ‘{value}’).")


def _failed_checks(connection: DuckDBPyConnection, table: Table, check: Check) -> Iterator[Problem]:
    values = ", ".join(
        f"'{column} ' || coalesce({_quoted(column)}::varchar, '빈칸')" for column in check.columns
    )
    rows = connection.execute(
        f"select sheet_file, sheet_line, concat_ws(', ', {values}) from staged_{table.name}"
        f" where not ({check.expression}) order by sheet_file, sheet_line"
    ).fetchall()
    for file, line, found in rows:
        yield Problem(file, line, check.columns[0], f"조건 {check.expression}에 맞지 않습니다({found}).")


def _orphans(connection: DuckDBPyConnection, table: Table, reference: Reference) -> Iterator[Problem]:
    pairs = zip(reference.columns, reference.parent_columns, strict=True)
    same = " and ".join(f"parent.{_quoted(theirs)} = child.{_quoted(ours)}" for ours, theirs in pairs)
    pointing = reference.columns[-1]
    rows = connection.execute(
        f"select sheet_file, sheet_line, {_quoted(pointing)}::varchar from staged_{table.name} as child"
        f" where {_all_given(reference.columns)}"
        f" and not exists (from staged_{reference.parent} as parent where {same}) order by sheet_file, sheet_line"
    ).fetchall()
    for file, line, value in rows:
        yield Problem(file, line, pointing, f"{reference.parent} 표에 없는 값입니다(‘{value}’).")


def _circles(connection: DuckDBPyConnection, table: Table) -> Iterator[Problem]:
    if table.hierarchy is None:
        return
    own, parent = table.hierarchy.parent_columns[-1], table.hierarchy.columns[-1]
    rows = connection.execute(
        f"select as_of, {_quoted(own)}, {_quoted(parent)}, sheet_file, sheet_line"
        f" from staged_{table.name} order by sheet_file, sheet_line"
    ).fetchall()
    parents = {(as_of, name): (as_of, above) for as_of, name, above, _, _ in rows}
    reported: set[tuple[date, str]] = set()
    for as_of, name, _, file, line in rows:
        circle = _circle((as_of, name), parents)
        if circle and not reported.intersection(circle):
            reported.update(circle)
            chain = " → ".join(step for _, step in [*circle, circle[0]])
            yield Problem(file, line, parent, f"서로를 거쳐 자기 자신으로 돌아옵니다({chain}).")


def _circle(start: tuple[date, str], parents: dict[Any, Any]) -> list[tuple[date, str]]:
    """The steps from start back to start; empty where the way ends or turns in a circle without it."""
    steps = [start]
    while (above := parents.get(steps[-1])) is not None:
        if above == start:
            return steps
        if above in steps:
            return []
        steps.append(above)
    return []


def of_totals(connection: DuckDBPyConnection, tables: list[Table]) -> Iterator[Problem]:
    """Reconciliations that do not hold and are not known, and known differences that are none."""
    connection.execute("create temp table failed as from reconciliation where not holds")
    rows = connection.execute(
        "select as_of, table_name, column_name, row_key, check_name, subject, unit, expected, actual"
        " from failed where note is null order by dataset, check_name, subject"
    ).fetchall()
    by_name = {table.name: table for table in tables}
    for as_of, table_name, column, row_key, check_name, subject, unit, expected, actual in rows:
        file, line = place(connection, by_name[table_name], as_of, row_key)
        printed = "빈칸" if expected is None else f"{expected.normalize():,f}{unit}"
        derived = "빈칸" if actual is None else f"{actual.normalize():,f}{unit}"
        reason = f"{subject} – {check_name}: 적힌 값 {printed}, 다시 셈한 값 {derived}."
        yield Problem(file, line, column, reason)
    rows = connection.execute(
        "select sheet_file, sheet_line, check_name, subject from staged_known_difference as known"
        " where not exists (from failed where"
        " (failed.as_of, failed.check_name, failed.subject) = (known.as_of, known.check_name, known.subject))"
        " order by sheet_file, sheet_line"
    ).fetchall()
    for file, line, check_name, subject in rows:
        yield Problem(
            file,
            line,
            "check_name",
            f"어긋나지 않는 검산이므로 이 줄을 지워 주십시오({subject} – {check_name}).",
        )


def place(connection: DuckDBPyConnection, table: Table, as_of: date, row_key: str) -> tuple[str, int | None]:
    """File and line of the row that a reconciliation points at; the file alone where it is many rows."""
    key = ", ".join(f"{_quoted(column)}::varchar" for column in table.row_key)
    found = connection.execute(
        f"select sheet_file, sheet_line from staged_{table.name}"
        f" where as_of = $as_of and concat_ws(' / ', {key}) = $row_key",
        {"as_of": as_of, "row_key": row_key},
    ).fetchone()
    return found or (f"{table.folder}/{as_of}/{table.name}.csv", None)


def _all_given(columns: list[str]) -> str:
    return " and ".join(f"{_quoted(column)} is not null" for column in columns)


def _quoted(name: str) -> str:
    return f'"{name}"'
