"""Cut lines over a submitted order."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.rules import cut_line, grading, number
from lib.rules.cut_line import Person

SCORES = (68, 66, 64, 64, 60, 55, 53, 40, 40, 30)
ORDER = tuple(Person(f"p{place}", score) for place, score in enumerate(SCORES))


def test_the_order_is_cut_where_the_counts_say() -> None:
    """Somebody falls on the wrong side of a cut."""
    result = cut_line.cut(ORDER, (2, 4, 3, 1))
    assert result.people == ORDER
    assert result.grades == (0, 0, 1, 1, 1, 1, 2, 2, 2, 3)
    assert result.counts == (2, 4, 3, 1)
    assert result.ties == ()
    assert result.lines == (
        cut_line.Line(2, 0, 1, Decimal(66), Decimal(64)),
        cut_line.Line(6, 1, 2, Decimal(55), Decimal(53)),
        cut_line.Line(9, 2, 3, Decimal(40), Decimal(30)),
    )


def test_a_tie_at_a_cut_shows_whom_each_rule_touches() -> None:
    """Two people of one score get different grades, and nobody is told, or the wrong ones are named."""
    result = cut_line.cut(ORDER, (3, 5, 2, 0))
    assert [tie.identifiers for tie in result.ties] == [("p2", "p3"), ("p7", "p8")]
    assert [tie.score for tie in result.ties] == [Decimal(64), Decimal(40)]
    assert [tie.by_order for tie in result.ties] == [(0, 1), (1, 2)]
    assert [tie.rising for tie in result.ties] == [("p3",), ("p8",)]
    assert [tie.falling for tie in result.ties] == [("p2",), ("p7",)]


@pytest.mark.parametrize(
    ("tie", "grades", "counts"),
    [
        ("order", (0, 0, 0, 1, 1, 1, 1, 1, 2, 2), (3, 5, 2, 0)),
        ("upper", (0, 0, 0, 0, 1, 1, 1, 1, 1, 2), (4, 5, 1, 0)),
        ("lower", (0, 0, 1, 1, 1, 1, 1, 2, 2, 2), (2, 5, 3, 0)),
    ],
)
def test_each_rule_for_ties(tie: cut_line.CutTie, grades: tuple[int, ...], counts: tuple[int, ...]) -> None:
    """A rule for ties has no effect, or one that its list of people did not announce."""
    by_order = cut_line.cut(ORDER, (3, 5, 2, 0))
    result = cut_line.cut(ORDER, (3, 5, 2, 0), tie)
    assert result.grades == grades
    assert result.counts == counts
    assert result.ties == by_order.ties
    touched = tuple(move.identifier for move in cut_line.moves(by_order, result))
    announced = {
        "order": (),
        "upper": tuple(name for group in by_order.ties for name in group.rising),
        "lower": tuple(name for group in by_order.ties for name in group.falling),
    }
    assert touched == announced[tie]


def test_one_score_over_several_cuts() -> None:
    """A group that two cuts divide is treated as two groups, and some of it is moved halfway."""
    people = [Person(str(place), 50) for place in range(5)]
    result = cut_line.cut(people, (1, 2, 1, 1))
    (group,) = result.ties
    assert group.by_order == (0, 1, 1, 2, 3)
    assert group.rising == ("1", "2", "3", "4")
    assert group.falling == ("0", "1", "2", "3")
    assert cut_line.cut(people, (1, 2, 1, 1), "upper").counts == (5, 0, 0, 0)
    assert cut_line.cut(people, (1, 2, 1, 1), "lower").counts == (0, 0, 0, 5)


@given(
    st.lists(st.sampled_from([70, 64, 63.99, 53, 32, 31.5]), max_size=40),
    st.sampled_from(["order", "upper", "lower"]),
    st.data(),
)
def test_the_order_is_never_changed(scores: list[float], tie: cut_line.CutTie, data: st.DataObject) -> None:
    """People are sorted by score, which the committee may not do, or somebody overtakes another."""
    people = tuple(Person(f"p{place}", score) for place, score in enumerate(scores))
    places = sorted(data.draw(st.lists(st.integers(0, len(people)), min_size=3, max_size=3)))
    counts = (places[0], places[1] - places[0], places[2] - places[1], len(people) - places[2])
    result = cut_line.cut(people, counts, tie)
    assert result.people == people
    assert list(result.grades) == sorted(result.grades)
    assert sum(result.counts) == len(people)
    if tie == "order":
        assert result.counts == counts
    else:
        pairs = zip(scores, scores[1:], result.grades, result.grades[1:], strict=False)
        assert all(one == other for score, below, one, other in pairs if score == below)


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (70, "수"),
        (64, "수"),
        (63.995, "수"),
        (63.99, "우"),
        (53, "우"),
        (52.99, "양"),
        (32, "양"),
        (31.994, "가"),
        (0, "가"),
    ],
)
def test_bands_begin_at_their_floor(score: float, band: str) -> None:
    """A score on the border of a band counts for the one below."""
    assert grading.GRADES[cut_line.band(score)] == band


def test_grades_outside_their_band_are_listed() -> None:
    """Somebody with 64 points gets 우, or with 40 points 가, and nothing says that the bands forbid it."""
    result = cut_line.cut(ORDER, (2, 4, 2, 2))
    assert result.violations == (
        cut_line.BandViolation("p2", Decimal(64), 1, 0),
        cut_line.BandViolation("p3", Decimal(64), 1, 0),
        cut_line.BandViolation("p6", Decimal(53), 2, 1),
        cut_line.BandViolation("p8", Decimal(40), 3, 2),
    )
    assert cut_line.cut(ORDER[:6], (4, 2, 0, 0)).violations == ()


def test_a_score_out_of_order_is_shown_and_left() -> None:
    """An order that does not follow the scores is silently put right, or silently taken."""
    people = (Person("a", 60), Person("b", 65), Person("c", 65), Person("d", 61))
    result = cut_line.cut(people, (1, 2, 1, 0))
    assert result.grades == (0, 1, 1, 2)
    assert result.inversions == (cut_line.Inversion(0, "a", "b", Decimal(60), Decimal(65)),)


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        (63.995, "64.00"),
        (63.994, "63.99"),
        (Decimal("1.005"), "1.01"),
        (Fraction(1, 3), "0.33"),
        (Fraction(199, 3), "66.33"),
        (7, "7.00"),
    ],
)
def test_scores_have_two_decimals(score: number.Number, expected: str) -> None:
    """Two scores that the law makes equal are not a tie, or binary dust rounds one of them down."""
    assert str(cut_line.rounded_score(score)) == expected


def test_scores_that_are_equal_by_law_tie() -> None:
    """A third decimal parts two people whom the law puts level."""
    people = [Person("a", 60.001), Person("b", 59.999)]
    assert cut_line.cut(people, (1, 1, 0, 0)).ties[0].identifiers == ("a", "b")


def test_rosters_keep_unit_rank_and_order() -> None:
    """People of two units or ranks are cut as one, or the order within a unit is lost."""
    people = [
        Person("1", 60, "총무과", "6급"),
        Person("2", 65, "인사과", "6급"),
        Person("3", 50, "총무과", "7급"),
        Person("4", 70, "총무과", "6급"),
    ]
    rosters = cut_line.rosters(people)
    assert [(roster.unit, roster.rank) for roster in rosters] == [
        ("총무과", "6급"),
        ("인사과", "6급"),
        ("총무과", "7급"),
    ]
    assert [person.identifier for person in rosters[0].people] == ["1", "4"]


def test_moves_between_two_scenarios() -> None:
    """Somebody's grade changes with the scenario and is not listed."""
    before = cut_line.cut(ORDER, grading.distribution(10).counts)
    after = cut_line.cut(ORDER, grading.distribution(10, grading.Rule(mode="full")).counts)
    assert cut_line.moves(before, after) == (cut_line.Move("p9", 2, 3),)
    assert cut_line.moves(before, before) == ()


def test_moves_need_one_order() -> None:
    """Two different lists are compared line by line, and grades are ascribed to the wrong people."""
    before = cut_line.cut(ORDER, (2, 4, 3, 1))
    after = cut_line.cut(ORDER[::-1], (2, 4, 3, 1))
    with pytest.raises(ValueError, match="after must cut the same people in the same order"):
        cut_line.moves(before, after)


def test_nobody_is_cut_too() -> None:
    """An empty unit stops the page."""
    result = cut_line.cut([], (0, 0, 0, 0))
    assert result == ((), (), (0, 0, 0, 0), (), (), (), ())


@pytest.mark.parametrize(
    ("counts", "tie", "named"),
    [
        ((2, 4, 3, 2), "order", "counts sum to 11, but there are 10 people"),
        ((2, 4, 4), "order", "counts must be one per grade"),
        ((2, 4, 5, -1), "order", r"counts\[3\] must be at least 0"),
        ((2, 4, 3, 1), "random", "tie must be one of order, upper, lower"),
    ],
)
def test_bad_cuts_are_refused_by_name(counts: tuple[int, ...], tie: str, named: str) -> None:
    """A damaged count cuts somewhere."""
    with pytest.raises(ValueError, match=named):
        cut_line.cut(ORDER, counts, tie)  # type: ignore[arg-type]


@pytest.mark.parametrize("score", [70.01, -1, "61.5", None, float("nan")])
def test_a_bad_score_is_named_by_its_place_only(score: object) -> None:
    """An error, which may be logged, carries a person's identifier or score out of the visit."""
    people = [Person("홍길동", 60), Person("7777", score)]  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"people\[1\].score must be a number from 0 to 70") as raised:
        cut_line.cut(people, (1, 1, 0, 0))
    assert "7777" not in str(raised.value)
    assert str(score) not in str(raised.value)


def test_a_score_above_the_scale_is_refused() -> None:
    """A score of a hundred counts as 수."""
    with pytest.raises(ValueError, match="score must be at most 70"):
        cut_line.band(70.5)
