"""Plans in links and files: what goes in comes out, and what others tamper with is refused in one sentence."""

import base64
import json
import zlib
from typing import Any

import pytest

from lib.evaluation import plan
from lib.evaluation.controls import CONTROLS
from lib.rules.rating_unit import Unit

EXAMPLE = (Unit("총무과", 178), Unit("인사과", 41))
OTHER = (Unit("총무과", 100, "6급", 1), Unit("=총무과", 78, "7급"), Unit("새 과", 3))
CHANGED = {**plan.DEFAULTS, "ga_mode": "확정된 가만", "share_su": 25.0, "share_u": 35.0, "juniors": 3}


def packed(content: Any) -> str:
    """A link parameter made by somebody else."""
    text = content if isinstance(content, bytes) else json.dumps(content).encode()
    return base64.urlsafe_b64encode(zlib.compress(text)).decode().rstrip("=")


@pytest.mark.parametrize(
    "both",
    [
        plan.first(EXAMPLE),
        plan.Both(plan.Plan(plan.DEFAULTS, OTHER), None),
        plan.Both(plan.Plan(plan.DEFAULTS, EXAMPLE), plan.Plan(CHANGED, EXAMPLE)),
        plan.Both(plan.Plan(plan.DEFAULTS, OTHER), plan.Plan(CHANGED, EXAMPLE)),
    ],
)
def test_what_a_link_carries_comes_out_of_it(both: plan.Both) -> None:
    """Prevents that a colleague who opens the link sees other numbers."""
    parameter = plan.packed(both, EXAMPLE)
    assert parameter is not None
    opened = plan.unpacked(parameter, EXAMPLE) if parameter else plan.first(EXAMPLE)
    assert opened == both


def test_settings_that_are_not_on_the_screen_are_packed() -> None:
    """Prevents that a link from one part of the page loses what was set in another."""
    both = plan.Both(plan.Plan(CHANGED, EXAMPLE), None)
    assert plan.packed(both, EXAMPLE) == ""
    parameter = plan.packed(both, EXAMPLE, shown=["share_su", "share_u", "juniors"])
    assert parameter is not None
    assert plan.unpacked(parameter, EXAMPLE).plan.settings == {**plan.DEFAULTS, "ga_mode": "확정된 가만"}


def test_a_link_without_changes_carries_nothing() -> None:
    """Prevents links that grow with what is the same for everyone."""
    assert plan.packed(plan.first(EXAMPLE), EXAMPLE) == ""


def test_a_table_too_long_for_a_link_is_left_out() -> None:
    """Prevents a link that mail programs cut off."""
    many = tuple(Unit(f"평정단위 {number * 7919 % 10007}", number % 97) for number in range(3000))
    both = plan.Both(plan.Plan(plan.DEFAULTS, many), None)
    assert plan.packed(both, EXAMPLE) is None
    assert plan.loaded(plan.saved(both)) == both


@pytest.mark.parametrize(
    "parameter",
    [
        "x",
        "%%%",
        "한글",
        "A" * (plan.LINK_LENGTH + 1),
        packed(b"\xff\xfe"),
        packed(b"[" * 100_000),
        packed(b"{"),
        packed([]),
        packed({"u": 5}),
        packed({"u": [["총무과"]]}),
        packed({"u": [["총무과", -1]]}),
        packed({"u": [["총무과", 1, "6급", 2]]}),
        packed({"u": [["총무과", {"a": 1}]]}),
        packed({"u": [["총무과", 1], ["총무과", 1]]}),
        packed({"u": []}),
        packed({"s": {"share_su": "20"}}),
        packed({"s": {"share_su": 1e400}}),
        packed({"s": {"share_su": 21.0}}),
        packed({"s": {"method": "없는 방법"}}),
        packed({"s": {"draws": 10**9}}),
        packed({"s": {"draws": True}}),
        packed({"s": []}),
        packed({"n": {"모름": 1}}),
        packed({"n": {"seed": -1}}),
        packed(b'{"s":{"share_su":NaN}}'),
        packed(b'{"u":[["' + b"a" * 3_000_000 + b'",1]]}'),
        packed({"u": [["총무과", 178]]})[:-4],
    ],
)
def test_a_damaged_or_hostile_link_is_refused_in_one_sentence(parameter: str) -> None:
    """Prevents a trace, a server held up, or figures that nobody has set."""
    with pytest.raises(plan.PlanError) as refused:
        plan.unpacked(parameter, EXAMPLE)
    assert str(refused.value).endswith("십시오.")


@pytest.mark.parametrize("baseline", [None, plan.Plan(CHANGED, EXAMPLE)])
def test_a_saved_file_opens_as_it_was(baseline: plan.Plan | None) -> None:
    """Prevents that a saved plan loses a setting, a unit or the baseline."""
    both = plan.Both(plan.Plan(CHANGED, OTHER), baseline)
    assert plan.loaded(plan.saved(both)) == both
    assert len(plan.saved(both)) < 2_000


def file(**changes: Any) -> bytes:
    content = {
        "form": plan.FORM,
        "version": plan.VERSION,
        "plan": {"settings": {}, "units": [["총무과", 3]]},
        **changes,
    }
    return json.dumps(content, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "손상"),
        (b"{", "손상"),
        (b"[1]", "손상"),
        (b"\xff\xfe\x00", "손상"),
        (b"[" * 1_000_000, "손상"),
        (b" " * (plan.TEXT_LENGTH + 1), "손상"),
        (b'{"form":"x"}', "이 화면에서 저장한 설정 파일이 아니니"),
        (file(version=2), "이 화면에서 저장한 설정 파일이 아니니"),
        (file(plan=None), "손상"),
        (file(plan={"settings": {"모름": 1}, "units": [["가", 1]]}), "모르는 항목(모름)"),
        (
            file(plan={"settings": {"tie": "아무나"}, "units": [["가", 1]]}),
            "‘동점일 때 마지막 한 명’ 값(아무나)",
        ),
        (file(plan={"settings": {"seed": 1.5}, "units": [["가", 1]]}), "‘난수 씨앗’ 값(1.5)"),
        (file(plan={"settings": {}, "units": [["가", 1], ["나", "둘"]]}), "2행 ‘평정대상 인원’ 열"),
        (file(plan={"settings": {}, "units": [["가", 1], ["계", 1]]}), "합계 행(계)"),
        (
            file(baseline={"settings": {"share_su": 30.0}, "units": [["가", 1]]}),
            "기준안의 등급 비율 합이 100%가 아니니",
        ),
    ],
)
def test_a_damaged_or_foreign_file_is_refused_in_one_sentence(content: bytes, part: str) -> None:
    """Prevents a trace, or a plan that is only half of what was saved."""
    with pytest.raises(plan.PlanError) as refused:
        plan.loaded(content)
    assert part in str(refused.value) and str(refused.value).endswith("십시오.")


def test_every_default_is_a_value_that_its_control_can_have() -> None:
    """Prevents a control that falls back to a value it refuses."""
    for key, control in CONTROLS.items():
        assert control.holds(control.default), key
        if control.default is not None:
            assert control.read(str(control.default)) == control.default
        assert control.law, key


def test_differences_say_before_and_after() -> None:
    """Prevents that a reader of two plans must look for what differs."""
    assert plan.differences(CHANGED, plan.DEFAULTS) == [
        "수(%) 20 → 25",
        "우(%) 40 → 35",
        "가 처리 가 없음 → 확정된 가만",
        "7급 이하 후보(명) 미입력 → 3",
    ]
