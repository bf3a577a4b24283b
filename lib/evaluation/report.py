"""What the simulator finds, part by part, as blocks that the page shows and the workbook keeps."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from lib import format
from lib.charts import evaluation as charts
from lib.evaluation import award, book, cutting, distribution
from lib.evaluation.plan import DEFAULTS, Both, Plan
from lib.finding import Block, Card
from lib.rules import bonus, grading, rating_unit, reliability

NOW, BASE = "비교안", "기준안"
BEFORE, AFTER = "개선 전", "개선 후"
TABLES = ("인원과 정확한 몫", "차이", "기준안 대비")
VIEWS = (*TABLES, "단위 크기", "한 명·1%p")
LIMIT = 100
"""Rows of a table on the screen; the workbook has all."""


def card(name: str, value: int, before: int, unit: str = "명") -> Card:
    """Figures of people."""
    return Card(
        name,
        f"{format.number(value)}{unit}",
        distribution.signed(value - before, 0, unit),
        f"{BASE} {format.number(before)}{unit}",
    )


# 근평 분포 ---------------------------------------------------------------------------------------


def grade_cards(result: rating_unit.Outcome, before: rating_unit.Outcome) -> list[Card]:
    """People per grade, all units together."""
    pairs = zip(grading.GRADES, result.total.counts, before.total.counts, strict=True)
    return [card(grade, now, was) for grade, now, was in pairs]


def grades(result: rating_unit.Outcome, before: rating_unit.Outcome, table: str, limit: int) -> list[Block]:
    """Actual against target, one of TABLES, ties and what is left out of account."""
    blocks = [
        Block(distribution.message(result), picture=charts.totals(distribution.totals(result, before))),
        grade_table(result, before, table, limit),
    ]
    if (left_out := len(result.rows) - limit) > 0:
        blocks.append(
            Block(note=f"화면에는 {limit}개까지 보이며, 나머지 {left_out:,}개는 내려받는 파일에 있습니다.")
        )
    if result.ignored:
        blocks.append(
            Block(
                caution=f"확정된 가 {result.ignored:,}명은 지금의 가 처리에서는 세지 않습니다. ‘확정된 가만’을 고르면 셉니다."
            )
        )
    tied = [row for row in result.rows if row.ties]
    if tied:
        kinds = pd.Series([distribution.tie_text(row) for row in tied]).value_counts()
        listed = ", ".join(f"{kind} {count:,}곳" for kind, count in kinds.items())
        blocks.append(Block(note=f"동점이어서 규칙에 따라 정한 단위: {listed}"))
    small = [pool.unit.name for pool in result.pools if pool.small]
    if small:
        blocks.append(Block(caution=f"묶어도 기준 인원에 못 미치는 단위가 있습니다: {', '.join(small[:5])}"))
    return blocks


def grade_table(result: rating_unit.Outcome, before: rating_unit.Outcome, table: str, limit: int) -> Block:
    """One of TABLES."""
    if table == TABLES[1]:
        rows = distribution.differences(result, limit)
        return Block(
            "정확한 몫과의 차이", rows, ("단위",), note="명은 인원, %p는 그 단위 안의 비율 차이입니다."
        )
    note = "괄호는 비율대로 나눈 소수점 몫입니다. 동점은 마지막 한 명을 두고 소수점이 같았던 등급과 배정된 등급입니다."
    if table == TABLES[2]:
        rows = distribution.changes(before, result, limit)
        if len(rows):
            return Block(f"{BASE} → {NOW} 인원(명)", rows, ("단위",))
        note = f"모든 단위의 인원이 {BASE}과 같습니다. {note}"
    return Block("등급별 인원(정확한 몫)", distribution.people(result, limit), ("단위", "동점"), note=note)


def vanished(plan: Plan) -> Block:
    """Seats that vanish as a unit grows, at the units' sizes and elsewhere."""
    here, everywhere = distribution.losses(plan)
    if here:
        listed = ", ".join(f"{loss.people:,}명 단위의 {loss.grade}" for loss in here[:5])
        return Block(
            caution=f"한 명이 늘면서 도리어 자리가 줄어든 등급이 있으니({listed}) 웹스터 방법을 검토하십시오."
        )
    if everywhere:
        first = everywhere[0]
        return Block(
            caution=f"이 비율에서는 단위가 커지며 자리가 사라지는 인원이 있습니다(처음은 {first.people:,}명일 때 "
            f"{first.grade} {first.before:,}→{first.after:,}명). 지금 단위에는 해당이 없습니다."
        )
    return Block(note="단위가 한 명씩 커져도 자리가 줄어드는 등급은 없습니다.")


def unit_sizes(plan: Plan) -> list[Block]:
    """The same people as units of 3 … all."""
    sizes = distribution.unit_sizes(plan)
    if not sizes:
        return []
    return [
        Block(distribution.size_message(sizes), picture=charts.unit_sizes(distribution.size_lines(sizes))),
        Block(
            "단위 크기별 인원(명)",
            distribution.size_table(sizes),
            note="전체 인원을 거의 같은 크기의 단위로 나누어 같은 규칙을 적용한 합계입니다. 묶음 평정은 적용하지 않습니다.",
        ),
    ]


def steps(plan: Plan, which: str) -> Block:
    """One person or one point more or less."""
    rows = distribution.steps(plan, which)
    return Block(f"{which}에서 한 명 또는 1%p가 바뀔 때(명)", rows, ("바꾼 것", "영향"))


# 커트라인 ----------------------------------------------------------------------------------------


def cuts(made: cutting.Cutting) -> list[Block]:
    """All groups at a glance."""
    blocks = []
    if made.exempt:
        blocks.append(
            Block(
                caution=f"4급 이상은 성과계약 평가 대상이라 나누지 않았습니다: {', '.join(made.exempt[:5])}"
            )
        )
    if made.problem:
        blocks.append(Block(caution=f"전체 합계에 맞출 수 없습니다: {made.problem}"))
    if made.groups:
        table = cutting.counts(made)
        blocks.append(Block("평정단위별 등급 인원(명)", table.head(LIMIT), ("평정단위",)))
        if len(table) > LIMIT:
            blocks.append(Block(note=f"화면에는 {LIMIT}개까지 보입니다."))
    return blocks


def one_cut(made: cutting.Cutting, before: cutting.Cutting, which: str) -> list[Block]:
    """One group: cut lines, ties, bands, order, and who moves between the plans."""
    group = next(group for group in made.groups if group.label == which)
    count, moved = cutting.moves(before, made, which, LIMIT)
    people, violations = len(group.cut.people), len(group.cut.violations)
    lines = cutting.lines(group)
    return [
        Block(
            f"{people:,}명 가운데 {violations:,}명의 등급이 점수대(64·53·32점)와 다릅니다",
            picture=charts.order(cutting.points(group)),
        ),
        Block("커트라인", lines, ("커트라인",))
        if len(lines)
        else Block(note="한 등급뿐이어서 커트라인이 없습니다."),
        _listed("커트라인에 걸린 동점자", cutting.ties(group).head(LIMIT), len(group.cut.ties)),
        _listed("점수대와 다른 등급", cutting.violations(group, LIMIT), violations),
        _listed(
            "점수와 순위가 뒤바뀐 곳(순위를 따름)",
            cutting.inversions(group, LIMIT),
            len(group.cut.inversions),
        ),
        _listed(f"{BASE}과 등급이 달라지는 사람", moved, count),
    ]


def _listed(title: str, rows: pd.DataFrame, count: int) -> Block:
    if not count:
        return Block(note=f"{title}: 없음")
    shown = f" (처음 {len(rows)}건)" if count > len(rows) else ""
    return Block(f"{title} {count:,}건{shown}", rows, tuple(rows.columns))


# 실적가점 ----------------------------------------------------------------------------------------


class Awards(NamedTuple):
    """Before the reform, after it by the baseline, and after it by the plan."""

    old: award.Result
    base: award.Result
    now: award.Result


def awards(plan: Plan, base: Plan, regime: bonus.Regime) -> Awards:
    """All three, each on the units of its own plan. Neither plan may have a problem."""
    return Awards(
        award.before(plan, plan.units, regime), award.after(base, base.units), award.after(plan, plan.units)
    )


def award_cards(found: Awards) -> list[Card]:
    """Recommended, selected and the 7급 이하 minimum."""
    junior, was = found.now.junior, found.base.junior
    return [
        card("추천", found.now.counts.recommended, found.base.counts.recommended),
        card("선정", found.now.counts.selected, found.base.counts.selected),
        card("7급 이하 최소", junior.required if junior else 0, was.required if was else 0),
        card(
            "추천 없는 단위",
            found.now.units.unreached,
            found.base.units.unreached,
            "개",
        ),
    ]


def award_blocks(found: Awards, plan: Plan, limit: int = LIMIT) -> list[Block]:
    """Before and after side by side, for all units together and one by one."""
    blocks = [
        Block(
            "개선 전과 개선 후",
            award.comparison(
                [(BEFORE, found.old), (f"{AFTER}({BASE})", found.base), (f"{AFTER}({NOW})", found.now)]
            ),
            ("구분",),
            note="괄호는 비율대로 나눈 소수점 몫입니다. 등급 합계 - 선정은 적힌 등급 비율로 설명되지 않는 인원으로, 개선 전 "
            "등급 비율(합 50%)을 그대로 두면 선정 인원(추천의 60%)과 맞지 않습니다.",
        )
    ]
    if found.now.problem:
        blocks.append(Block(caution=found.now.problem))
    if found.now.junior and not found.now.junior.feasible:
        blocks.append(Block(caution=f"7급 이하 최소 비율을 지킬 수 없습니다: {found.now.junior.reason}"))
    whole = found.now.units
    blocks.append(
        Block(
            note=f"단위별로 세면 추천 {whole.total.recommended:,}명·선정 {whole.total.selected:,}명, 전체를 하나로 세면 "
            f"추천 {whole.whole.recommended:,}명·선정 {whole.whole.selected:,}명입니다. 현원은 평정단위 표의 인원입니다."
        )
    )
    blocks.append(
        Block(
            "단위별 추천·선정(명)",
            award.by_unit(plan.units, found.old, found.now, plan.settings, limit),
            ("단위",),
            note="7급 이하 최소의 괄호는 추천 인원에서 차지하는 실제 비율입니다. 추천이 적을수록 30%보다 커집니다.",
        )
    )
    return blocks


def point_blocks(plan: Plan) -> list[Block]:
    """Readings of the collaboration multiple, and one person's points against the cap."""
    blocks = [
        Block(
            "협력 부문의 두 해석",
            award.collaboration(plan.settings),
            ("참여 인원",),
            note="팀 점수를 나눌 때: 배수를 곱한 점수를 참여자가 나눔. 각자 받을 때: 참여자마다 배수를 곱한 점수를 받음.",
        )
    ]
    try:
        points = award.points(plan.settings)
    except ValueError as fault:
        return [*blocks, Block(caution=str(fault))]
    counted = ", ".join(f"{one.half_year} {one.points}점" for one in points.counted) or "없음"
    return [
        *blocks,
        Block(
            note=f"한 사람의 가점: 반영 {counted}, 제외 {len(points.uncounted)}건, 합계 "
            f"{distribution.exact(points.before_cap)}점 → 상한 {bonus.POINT_CAP}점을 적용해 "
            f"{distribution.exact(points.total)}점"
        ),
    ]


def simulation_blocks(simulations: Sequence[tuple[str, reliability.Simulation]]) -> list[Block]:
    """How rater reliability changes who is found."""
    _, now = simulations[-1]
    estimate = now.top_found
    share = format.rate(estimate.value) if estimate else format.EMPTY
    return [
        Block(
            f"신뢰도 {format.number(now.reliability, 2)}(가정)이면 실제 상위 {now.top:,}명 가운데 {share}만 상위로 뽑힙니다",
            picture=charts.chances(award.chances(simulations), now.top),
        ),
        Block(
            "모의실험 결과",
            award.found(simulations),
            ("구분",),
            note="±는 모의실험 자체의 오차(95% 구간)입니다. 평정점수는 실력과 오차의 합이라는 고전검사이론의 모형을 "
            "가정하며, 점선 왼쪽이 실제 상위 집단입니다.",
        ),
    ]


# What leaves the page -----------------------------------------------------------------------------


def workbook(both: Both, regime: bonus.Regime, sources: Sequence[str]) -> bytes:
    """An .xlsx of settings, law, assumptions and the figures of Parts 1 and 3. The shares must add up to 100."""
    now = both.plan
    base = both.baseline or Plan(DEFAULTS, now.units)
    result, before = distribution.outcome(now), distribution.outcome(base)
    figures = [book.distribution(NOW, result), book.distribution(BASE, before)]
    figures.append(
        (f"{BASE} → {NOW}", distribution.changes(before, result, len(now.units) + len(base.units)))
    )
    blocks = [vanished(now), *unit_sizes(now)]
    if not (award.problem(now.settings) or award.problem(base.settings)):
        blocks += [*award_blocks(awards(now, base, regime), now, len(now.units)), *point_blocks(now)]
    figures += [(block.title, block.rows) for block in blocks if block.rows is not None]
    notes = [text for block in blocks for text in (block.caution, block.note) if text]
    return book.workbook(both, figures, [*notes, *(f"출처: {line}" for line in sources)])
