"""The bureau's departments and people."""

from lib import format, sources
from lib.briefing import evidence
from lib.briefing.model import Chart, Column, Figure, Question, Section, Series, Table
from lib.briefing.settings import Settings
from lib.briefing.titles import TITLES
from lib.charts import organisation as charts
from lib.queries import organisation as queries


def organisation(settings: Settings) -> Section:
    """People and teams by department; the corporation stands beside the bureau's own."""
    departments = queries.departments(settings.as_of)
    inside, outside = departments[departments["in_bureau"]], departments[~departments["in_bureau"]]
    [bureau] = queries.bureau(settings.as_of).itertuples()
    largest = inside.loc[inside["head_count"].idxmax()]
    message = (
        f"행정국은 {bureau.division_count}과 {bureau.office_count}사업소 {format.people(bureau.head_count)}이며, "
        f"{format.rate(largest['share'])}가 {largest['department']} 소속입니다"
    )
    beside = ", ".join(f"{row.department} {format.people(row.head_count)}" for row in outside.itertuples())
    rows = [
        (
            row.department,
            row.kind,
            evidence.cell(row.team_count),
            evidence.cell(row.head_count),
            evidence.cell(row.people_per_team),
            evidence.percent(row.share),
        )
        for row in departments.itertuples()
    ]
    whole = ("행정국 계", "", int(bureau.team_count), int(bureau.head_count), None, 100.0)
    rows.insert(len(inside), whole)
    unknown = inside[inside["team_count"].isna()]
    return Section(
        key="organisation",
        title=TITLES["organisation"],
        message=message,
        figures=(
            Figure(
                "인력",
                int(bureau.head_count),
                "명",
                0,
                f"{bureau.division_count}과 {bureau.office_count}사업소",
            ),
            Figure("팀", int(bureau.team_count), "개", 0, "과별 팀 수의 합"),
            Figure(
                f"{largest['department']} 비중",
                largest["share"] * 100,
                "%",
                1,
                format.people(largest["head_count"]),
            ),
        ),
        table=Table(
            "부서별 인력",
            (
                Column("부서"),
                Column("구분"),
                Column("팀", "개"),
                Column("인력", "명"),
                Column("팀당 인력", "명", 1),
                Column("비중", "%", 1),
            ),
            tuple(rows),
            (len(inside),),
        ),
        chart=Chart(
            "bar",
            message,
            tuple(inside["department"]),
            (Series("인력", tuple(float(count) for count in inside["head_count"])),),
            "명",
            0,
            charts.people_bars(
                inside.assign(
                    text=[
                        f"{format.people(row.head_count)} · {format.rate(row.share)}"
                        for row in inside.itertuples()
                    ]
                )
            ),
        ),
        notes=(
            *((f"{beside}은 위탁 법인으로 행정국 인력에 들지 않습니다.",) if beside else ()),
            *(
                (f"{', '.join(unknown['department'])}의 팀 수는 보고서에 없어 팀 수의 계에 들지 않습니다.",)
                if len(unknown)
                else ()
            ),
            "비중은 반올림하여 더하면 0.1%p 다를 수 있습니다.",
            *evidence.open_checks(settings, ["organisation", "duty"]),
        ),
        sources=tuple(sources.lines(["organisation"], settings.as_of)),
        datasets=("organisation",),
        as_of=settings.as_of,
        speaker_notes=(
            f"인력이 가장 많은 곳은 {largest['department']}, {format.people(largest['head_count'])}입니다.",
            f"담당업무는 모두 {len(queries.duties(settings.as_of))}건입니다.",
        ),
        questions=(
            Question(
                "직급별 인원은 어떻게 됩니까?",
                "보고서에는 부서별 인원만 있고 직급별 인원은 없습니다. 인사과에서 따로 확인해야 합니다.",
            ),
            *(
                (
                    Question(
                        "행정국 인력에 위탁 법인이 들어 있습니까?",
                        f"들어 있지 않습니다. {beside}은 {format.people(bureau.head_count)}과 별도입니다.",
                    ),
                )
                if beside
                else ()
            ),
        ),
    )
