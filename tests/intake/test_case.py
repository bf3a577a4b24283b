"""What was handed in: candidates taken into the draft, doubtful cells, and work that ends on its own."""

import threading
from pathlib import Path

import pytest

from lib.intake import case, history, publish, standing
from lib.intake.draft import Candidate, Cell, Draft, IntakeError, Problem, Sheet
from lib.intake.job import Job
from lib.intake.publish import Step
from lib.intake.standing import Standing
from tests.editions import made_up

JUNE = made_up.JUNE


@pytest.fixture(scope="module")
def stands(bureau: Path) -> Standing:
    return standing.of(bureau)


def month(day: str, count: str) -> dict[str, Cell]:
    return {
        "month": Cell(day, "문단 3"),
        "use_count": Cell(count, "문단 3"),
        "printed_unit": Cell("건"),
        "mandatory": Cell("true"),
    }


def draft(*candidates: dict[str, Cell]) -> Draft:
    rows = [month("2023-02-01", "2060"), month("2023-03-01", "6902")]
    offered = [Candidate("6월 7,000건", "문단 3", "flexible_work_month", row) for row in candidates]
    return Draft([Sheet("report", JUNE, "flexible_work_month", rows)], offered)


def test_a_candidate_takes_the_place_of_the_row_with_its_key(stands: Standing) -> None:
    """The same month twice, which the build refuses, or the old figure beside the new."""
    made = case.with_candidates(draft(month("2023-03-01", "7000")), [0], stands)
    assert [row["use_count"].text for row in made.sheets[0].rows] == ["2060", "7000"]


def test_a_candidate_without_its_like_stands_at_the_end(stands: Standing) -> None:
    """A new month that overwrites another."""
    made = case.with_candidates(draft(month("2023-06-01", "7000")), [0], stands)
    assert [row["month"].text for row in made.sheets[0].rows] == ["2023-02-01", "2023-03-01", "2023-06-01"]


def test_what_is_not_taken_stays_out(stands: Standing) -> None:
    """A figure from prose that nobody has looked at."""
    before = draft(month("2023-06-01", "7000"), month("2023-05-01", "6000"))
    assert case.with_candidates(before, [], stands) == before
    made = case.with_candidates(before, [1], stands)
    assert [row["month"].text for row in made.sheets[0].rows][-1] == "2023-05-01"


def test_new_rows_get_places_of_their_own(stands: Standing) -> None:
    """Two actions from prose with the same place in the order, which the build refuses."""
    rows = [
        {"duty": Cell(text), "department": Cell("인사과"), "position": Cell("1")}
        for text in ("가", "나", "다")
    ]
    before = Draft(
        [Sheet("report", JUNE, "duty", rows[:1])], [Candidate("", "", "duty", row) for row in rows[1:]]
    )
    made = case.with_candidates(before, [0, 1], stands)
    assert [row["position"].text for row in made.sheets[0].rows] == ["1", "2", "3"]


def test_carried_rows_are_told_from_doubtful_ones() -> None:
    """Hundreds of cells to look at one by one, where one sentence about the table says it."""
    doubt = "확인하십시오."
    assert case.is_carried(Sheet("report", JUNE, "duty", [{"duty": Cell("가", doubt=doubt)}]))
    assert not case.is_carried(Sheet("report", JUNE, "duty", [{"duty": Cell("가", "표 3", doubt=doubt)}]))
    assert not case.is_carried(Sheet("report", JUNE, "duty", []))


def test_a_job_goes_on_when_nobody_looks(spare: Path, june_book: bytes) -> None:
    """A page that is closed in the middle of a publication, and stops it."""
    handed_in = case.Case([("6월.xlsx", june_book)], spare)
    begun, left = threading.Event(), threading.Event()

    def work(step: Step) -> history.Entry:
        begun.set()
        left.wait(30)
        return publish.publish(handed_in.read_draft, spare, "김자료", "6월", step=step)

    job = Job(work)
    assert begun.wait(30) and job.running and job.entry is None
    left.set()
    job.wait(60)
    assert not job.running
    assert job.entry == history.entries(spare)[0]
    assert (job.share, job.steps[-1], job.problems) == (1.0, "게시 마침", [])


def test_a_job_keeps_what_went_wrong() -> None:
    """A refusal or a fault that ends in a thread, where nobody reads it."""
    problem = Problem("가.xlsx", "", None, "", "없음", "올려 주십시오.")

    def refused(step: Step) -> history.Entry:
        raise IntakeError([problem])

    def broken(step: Step) -> history.Entry:
        raise ZeroDivisionError

    for work, problems, fault in ((refused, [problem], None), (broken, [], ZeroDivisionError)):
        job = Job(work)
        job.wait(30)
        assert (job.entry, job.problems, job.fault and type(job.fault)) == (None, problems, fault)
