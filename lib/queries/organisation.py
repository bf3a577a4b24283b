"""The bureau's departments, their people and duties."""

import datetime

import pandas as pd

from lib import db


def departments(as_of: datetime.date) -> pd.DataFrame:
    """One row per department with people, teams, share of the bureau and budget, in the report's order.

    People and teams are counts, budgets are 천원, `share` and `realised_rate` are shares of one, `detail`
    says divisions, teams and people in words.
    `in_bureau` is false for the corporation outside the bureau's head count.
    """
    return db.query(
        """
        select department, kind, in_bureau,
               concat_ws(' ', division_count || '부', team_count || '팀', head_count || '명') as detail,
               head_count, team_count, division_count, people_per_team,
               share_percent / 100 as share, duty_count, line_code, previous_budget, budget, realised, realised_rate
        from department_summary
        where as_of = $as_of
        order by position
        """,
        as_of=as_of,
    )


def duties(as_of: datetime.date, wanted: str = "", department: str | None = None) -> pd.DataFrame:
    """One row per duty that holds `wanted` (spaces do not matter), of one department or of all, in order."""
    return db.query(
        """
        select department, duty
        from duty
        join department using (as_of, department)
        where as_of = $as_of
          and contains(replace(duty, ' ', ''), replace($wanted, ' ', ''))
          and department = coalesce($department, department)
        order by department.position, duty.position
        """,
        as_of=as_of,
        wanted=wanted.strip(),
        department=department,
    )


def bureau(as_of: datetime.date) -> pd.DataFrame:
    """One row for the bureau as a whole: 과, 사업소, teams and people, the corporation left out."""
    return db.query(
        """
        select count(*) filter (kind = '과') as division_count,
               count(*) filter (kind = '사업소') as office_count,
               sum(team_count)::bigint as team_count,
               sum(head_count)::bigint as head_count
        from department_summary
        where as_of = $as_of and in_bureau
        """,
        as_of=as_of,
    )
