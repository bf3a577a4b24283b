"""실적가점 and 근무성적평정: what the report says, and what a plan of the simulator comes to."""

from lib import format, sources
from lib.briefing import evidence
from lib.briefing.model import Cell, Chart, Column, Figure, Question, Section, Series, Table
from lib.briefing.settings import Settings
from lib.briefing.titles import TITLES
from lib.charts import evaluation as charts
from lib.evaluation import award, distribution, report
from lib.evaluation import plan as plans
from lib.evaluation import units as rating_units
from lib.evaluation.controls import CONTROLS
from lib.queries import evaluation as queries
from lib.queries import organisation
from lib.rules import grading as rules
from lib.rules import rating_unit

EXAMPLE = "예시: 보고서의 부서를 평정단위로 놓아 본 것입니다. 보고서에는 직급별 인원이 없어 실제 평정단위와 다릅니다."


def bonus(settings: Settings) -> Section:
    """실적가점 before and after the reform; people counted on the units of the plan."""
    statements = queries.statements(settings.as_of)
    now = statements[statements["regime"] == report.AFTER].set_index("item")["value"]
    was = statements[statements["regime"] == report.BEFORE].set_index("item")["value"]
    both, ours = _plan(settings)
    items = queries.items(settings.as_of, report.BEFORE)
    regime = award.old_regime(
        dict(zip(items["item"], items["value"], strict=True)),
        queries.tiers(settings.as_of, report.BEFORE).itertuples(),
    )
    if problem := award.problem(both.plan.settings):
        raise ValueError(f"성과평가 모의 설정을 쓸 수 없습니다. {problem}")
    old, new = award.before(both.plan, both.plan.units, regime), award.after(both.plan, both.plan.units)
    selected_share = now["selected_share"] / now["recommended_share"] * 100
    listed_share = queries.tiers(settings.as_of, report.BEFORE)["share_percent"].iloc[:3].sum()
    message = (
        f"실적가점은 추천을 현원의 {was['recommended_share']:g}%에서 {now['recommended_share']:g}%로, 선정을 "
        f"{was['selected_share']:g}%에서 {now['selected_share']:g}%로 넓히고 등급을 {was['grade_count']:g}개에서 "
        f"{now['grade_count']:g}개로 늘립니다"
    )
    people = sum(unit.people for unit in both.plan.units)
    return Section(
        key="bonus",
        title=TITLES["bonus"] + "(가정 포함)" * ours,
        message=message,
        figures=(
            Figure(
                "추천 비율", float(now["recommended_share"]), "%", 0, f"개선 전 {was['recommended_share']:g}%"
            ),
            Figure("선정 비율", float(now["selected_share"]), "%", 0, f"개선 전 {was['selected_share']:g}%"),
            Figure("7급 이하 최소 추천", float(now["junior_minimum_share"]), "%", 0, "추천 인원 가운데"),
            Figure("추천 가운데 선정", selected_share, "%", 0, f"개선 전 등급 비율의 합 {listed_share:g}%"),
        ),
        table=_awards(old, new),
        chart=None,
        notes=(
            *(() if ours else (EXAMPLE,)),
            f"인원은 {len(both.plan.units)}개 단위 {format.people(people)}으로 센 가정이며, 단위와 등급별 기준은 보고서에 없습니다.",
            *_changes(both, ours),
            *((new.problem,) if new.problem else ()),
            *evidence.open_checks(settings, ["bonus"]),
        ),
        sources=tuple(sources.lines(["bonus"], settings.as_of)),
        datasets=("bonus",),
        as_of=settings.as_of,
        speaker_notes=tuple(
            row.statement
            + ("" if row.unit == "" or f"{row.value:g}" in row.statement else f" {row.value:g}{row.unit}")
            for row in statements[statements["regime"] == report.AFTER].itertuples()
        ),
        questions=(
            Question(
                f"추천의 {selected_share:g}%가 선정되는데 등급 비율의 합은 왜 {listed_share:g}%입니까?",
                f"적힌 등급 비율(합 {listed_share:g}%)은 개선 전의 것입니다. {now['recommended_share']:g}% 추천에 "
                f"{now['selected_share']:g}% 선정이면 추천 인원의 {selected_share:g}%이며, 개선 후의 등급 비율은 보고서에 없습니다.",
            ),
            Question(
                "작은 부서에서도 추천할 수 있습니까?",
                f"단위별로 세면 추천 인원이 한 명도 없는 단위가 {new.units.unreached}개입니다(가정). "
                "최소 인원을 두는지는 보고서에 없습니다.",
            ),
        ),
    )


def grading(settings: Settings) -> Section:
    """The shares of 근무성적평정 and how a ‘가’ comes about; people counted on the units of the plan."""
    shares = queries.shares(settings.as_of)
    both, ours = _plan(settings)
    if distribution.gap(both.plan.settings):
        raise ValueError("성과평가 모의 설정의 등급 비율 합이 100%가 아니니 설정을 고치십시오.")
    result = distribution.outcome(both.plan)
    base = distribution.outcome(both.baseline or plans.Plan(plans.DEFAULTS, both.plan.units))
    merging = shares[shares["merges_into"] != ""].iloc[0]
    listed = "·".join(f"{row.grade} {row.share_percent:g}%" for row in shares.itertuples())
    message = (
        "가정: " + distribution.message(result)
        if ours
        else f"근무성적평정은 {listed}로 나누며, ‘{merging['grade']}’에 해당하는 사람이 없으면 그 비율을 "
        f"‘{merging['merges_into']}’에 더할 수 있습니다"
    )
    totals = distribution.totals(result, base if ours else None)
    steps = queries.steps(settings.as_of)
    held = steps.dropna(subset=["held_on"])
    return Section(
        key="grading",
        title=TITLES["grading"] + "(가정)" * ours,
        message=message,
        figures=tuple(
            Figure(f"‘{row.grade}’", float(row.share_percent), "%", 0, _remark(row.Index, result))
            for row in shares.itertuples()
        ),
        table=_grades(result),
        chart=Chart(
            "bar",
            distribution.message(result),
            tuple(totals["grade"]),
            (
                Series(charts.ACTUAL, tuple(float(value) for value in totals["percent"])),
                Series(charts.TARGET, tuple(float(value) for value in totals["target"])),
            ),
            "%",
            1,
            charts.totals(totals),
        ),
        notes=(
            *(() if ours else (EXAMPLE,)),
            "가의 처리: "
            + str(both.plan.settings["ga_mode"])
            + ". 인원을 정수로 맞추는 방법은 규정에 없어 가정입니다.",
            *_changes(both, ours),
            *evidence.open_checks(settings, ["grading"]),
        ),
        sources=tuple(sources.lines(["grading"], settings.as_of)),
        datasets=("grading",),
        as_of=settings.as_of,
        speaker_notes=tuple(
            f"{topic}: {', '.join(same['step'])}" for topic, same in steps.groupby("topic", sort=False)
        ),
        questions=tuple(
            Question(
                f"{format.date(row.held_on)}의 {row.step}, 이미 열린 것입니까?",
                f"보고서는 {format.date(settings.as_of)} 기준이고 {format.date(row.held_on)}은 그보다 "
                f"{(row.held_on.date() - settings.as_of).days}일 뒤입니다. 열린 것으로 적혀 있어 확인이 필요합니다.",
            )
            for row in held.itertuples()
            if row.held_on.date() > settings.as_of
        )
        + (
            Question(
                "‘가’는 반드시 누군가 받아야 합니까?",
                "아닙니다. 해당하는 사람이 없으면 두지 않고 그 비율을 더합니다. 근거: 지방공무원 임용령 제31조의2 제5항",
            ),
        ),
    )


def _plan(settings: Settings) -> tuple[plans.Both, bool]:
    """The plan that was set, or every default on the departments of the report; and whether it was set."""
    departments = organisation.departments(settings.as_of)
    departments = departments[departments["in_bureau"]]
    example = rating_units.illustration(
        [(row.department, int(row.head_count)) for row in departments.itertuples()]
    )
    if not settings.evaluation:
        return plans.first(example), False
    values = dict(settings.evaluation)
    packed = values.pop("plan", None)
    both = plans.unpacked(packed, example) if packed else plans.first(example)
    # What the link says of a control goes before what it packs of those that were not open.
    chosen = {**both.plan.settings, **{key: CONTROLS[key].read(text) for key, text in values.items()}}
    return both._replace(plan=both.plan._replace(settings=chosen)), True


def _changes(both: plans.Both, ours: bool) -> list[str]:
    """The settings that were changed, a line each."""
    before = both.baseline.settings if both.baseline else plans.DEFAULTS
    return [f"가정: {line}" for line in plans.differences(both.plan.settings, before)] if ours else []


def _remark(grade: int, result: rating_unit.Outcome) -> str:
    """People of a grade on the units of the plan."""
    return f"단위별 합계 {format.people(result.total.counts[grade])}(가정)"


def _grades(result: rating_unit.Outcome) -> Table:
    heads: list[Column] = [Column("단위"), Column("인원", "명")]
    heads += [Column(grade, "명", 0, "등급별 인원(가정)") for grade in rules.GRADES]
    graded = list(zip(result.pools, result.rows, strict=True))[: report.LIMIT]
    rows: list[tuple[Cell, ...]] = [
        (rating_units.label(pool.unit), row.people, *row.counts) for pool, row in graded
    ]
    rows.append(("단위 합계", result.total.people, *result.total.counts))
    rows.append(("전체를 한 단위로", result.bureau.people, *result.bureau.counts))
    return Table("단위별 등급 인원(가정)", tuple(heads), tuple(rows), (len(rows) - 2, len(rows) - 1))


def _awards(old: award.Result, new: award.Result) -> Table:
    names = ("S++", "S+", "S", "A", "B")
    rows: list[tuple[Cell, ...]] = [
        ("현원", "명", old.counts.people, new.counts.people),
        ("추천", "명", old.counts.recommended, new.counts.recommended),
        ("선정", "명", old.counts.selected, new.counts.selected),
        *((f"{name} 등급", "명", _tier(old, name), _tier(new, name)) for name in names),
        ("선정 제외", "명", old.tiers.excluded, new.tiers.excluded),
        ("7급 이하 최소", "명", None, new.junior.required if new.junior and new.junior.feasible else None),
        ("추천이 없는 단위", "개", old.units.unreached, new.units.unreached),
    ]
    heads = (
        Column("구분"),
        Column("단위"),
        Column(report.BEFORE, group="인원(가정)", mixed=True),
        Column(report.AFTER, group="인원(가정)", mixed=True),
    )
    return Table("실적가점 추천과 선정(가정)", heads, tuple(rows))


def _tier(result: award.Result, name: str) -> int | None:
    tiers = dict(zip(result.tiers.names, result.tiers.people, strict=True))
    return tiers.get(name)
