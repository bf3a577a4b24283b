"""Flexible work and evaluation never meet (지방공무원 복무규정 제3조 제3항): who uses one must not suffer in the other."""

import ast
import re
from pathlib import Path

import pytest

from tests.test_architecture import file_of, imports, reached

ROOT = Path(__file__).parents[2]
EVALUATION_WORDS = (
    "evaluation",
    "grading",
    "bonus",
    "apportionment",
    "cut_line",
    "rating_unit",
    "controlled_rounding",
    "reliability",
    "sensitivity",
)


def of_evaluation(module: str) -> bool:
    return any(part in EVALUATION_WORDS or part.startswith("evaluation") for part in module.split("."))


def of_flexible_work(module: str) -> bool:
    return any(part.startswith("flexible_work") for part in module.split("."))


def module_of(script: Path) -> str:
    return ".".join(script.relative_to(ROOT).with_suffix("").parts)


SCRIPTS = sorted([*ROOT.glob("pages/*.py"), *ROOT.glob("lib/**/*.py")])
EVALUATING = [script for script in SCRIPTS if of_evaluation(module_of(script))]
COUNTING = [script for script in SCRIPTS if of_flexible_work(module_of(script))]


def names_in(scripts: list[Path], pattern: str) -> set[str]:
    return {found for script in scripts for found in re.findall(pattern, script.read_text(encoding="utf-8"))}


def test_both_sides_are_found() -> None:
    """The tests below pass because they look at nothing."""
    assert len(COUNTING) > 6
    assert len(EVALUATING) > 3


@pytest.mark.parametrize("script", COUNTING, ids=module_of)
def test_flexible_work_brings_no_evaluation_in(script: Path) -> None:
    """A page where the two can be laid side by side."""
    assert not [module for module in reached(script) if of_evaluation(module) and file_of(module)]


@pytest.mark.parametrize("script", EVALUATING, ids=module_of)
def test_evaluation_brings_no_flexible_work_in(script: Path) -> None:
    """A simulation that knows who came late."""
    assert not [
        module for module in imports(script) | reached(script) if of_flexible_work(module) and file_of(module)
    ]


def test_no_key_of_a_visit_is_shared() -> None:
    """What was handed in on one page is picked up on the other through st.session_state or a widget's key."""
    pattern = r"session_state(?:\.|\[\"|\.get\(\"|\.pop\(\")(\w+)|(?<![\w.])key=\"(\w+)\""
    keys = [
        {name for pair in names_in(side, pattern) for name in pair if name} for side in (COUNTING, EVALUATING)
    ]
    assert "flexible_counts" in keys[0]
    # Controls that choose a view of their own page; pages keep bound widgets apart.
    assert keys[0] & keys[1] <= {"view"}


def test_no_query_reads_tables_of_both() -> None:
    """One SQL statement joins the counts with grades or bonus points."""
    tables = re.compile(r"(flexible_work_\w+|bonus_\w+|grading_\w+)")
    for script in [*SCRIPTS, *ROOT.glob("data/*.py")]:
        for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "select" in node.value:
                sides = {name.split("_")[0] for name in tables.findall(node.value)}
                assert not ("flexible" in sides and sides & {"bonus", "grading"}), f"{script}: {node.value}"


def test_no_table_refers_to_both() -> None:
    """A foreign key between the two."""
    schema = (ROOT / "data" / "schema.sql").read_text(encoding="utf-8")
    for table in re.findall(r"create table (\w+) \((.*?)\n\);", schema, re.DOTALL):
        name, body = table
        referred = set(re.findall(r"references (\w+)", body))
        if name.startswith("flexible_work"):
            assert not any(other.startswith(("bonus", "grading")) for other in referred)
        if name.startswith(("bonus", "grading")):
            assert not any(other.startswith("flexible_work") for other in referred)
