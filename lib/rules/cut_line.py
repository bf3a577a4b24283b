"""Cut lines over a submitted order: who falls into which grade.

The committee fits the submitted order to the distribution and may not change the order
(지방공무원 평정규칙 제9조 제3항); so people are cut where they stand, never sorted. Scores have two
decimals, the third rounded (제27조 제7항), and belong to bands of 70: 수 from 64, 우 from 53, 양 from
32, 가 below. What happens to equal scores on both sides of a cut stands in no text.

People carry an identifier of HR's own. It goes in and comes out; no error quotes it, or a score.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Literal, NamedTuple

from lib.rules import number

MAXIMUM_SCORE = 70
BAND_FLOORS = (64, 53, 32)
"""Lowest scores of 수, 우 and 양; anything below is 가."""

CutTie = Literal["order", "upper", "lower"]


class Person(NamedTuple):
    """One line of the submitted order."""

    identifier: str
    score: number.Number
    unit: str = ""
    rank: str = ""


class Roster(NamedTuple):
    """Everyone of one unit and 직급, in the submitted order."""

    unit: str
    rank: str
    people: tuple[Person, ...]


class Line(NamedTuple):
    """The cut below a grade that has people, down to the next grade that has some."""

    position: int
    """How many people stand above it."""
    above: int
    below: int
    """Grades on its two sides."""
    last_score: Decimal
    """Score of the last person above it."""
    first_score: Decimal
    """Score of the first person below it."""


class TiedGroup(NamedTuple):
    """Neighbours of one score whom the order alone divides between grades."""

    score: Decimal
    identifiers: tuple[str, ...]
    by_order: tuple[int, ...]
    """Their grades when the order decides."""

    @property
    def rising(self) -> tuple[str, ...]:
        """Who gets a better grade when the whole group gets its best (`upper`)."""
        return self._other_than(min(self.by_order))

    @property
    def falling(self) -> tuple[str, ...]:
        """Who gets a worse grade when the whole group gets its worst (`lower`)."""
        return self._other_than(max(self.by_order))

    def _other_than(self, kept: int) -> tuple[str, ...]:
        pairs = zip(self.identifiers, self.by_order, strict=True)
        return tuple(identifier for identifier, grade in pairs if grade != kept)


class BandViolation(NamedTuple):
    """A person whose grade is not the one that the score belongs to."""

    identifier: str
    score: Decimal
    grade: int
    band: int


class Inversion(NamedTuple):
    """Two neighbours of whom the one placed lower has the higher score; the order stands."""

    position: int
    """Place of the upper one, from 0."""
    upper: str
    lower: str
    upper_score: Decimal
    lower_score: Decimal


class Cut(NamedTuple):
    """The order, cut."""

    people: tuple[Person, ...]
    grades: tuple[int, ...]
    """Position in GRADES per person, in the order given."""
    counts: tuple[int, ...]
    """People per grade; under `upper` and `lower` not necessarily those asked for."""
    lines: tuple[Line, ...]
    ties: tuple[TiedGroup, ...]
    violations: tuple[BandViolation, ...]
    inversions: tuple[Inversion, ...]


class Move(NamedTuple):
    """A person whose grade differs between two cuts of one order."""

    identifier: str
    before: int
    after: int


def rounded_score(score: number.Number) -> Decimal:
    """The score with two decimals, a 5 in the third place going up; ValueError outside 0 … 70."""
    exact = number.share(score, "score")
    if exact > MAXIMUM_SCORE:
        raise ValueError(f"score must be at most {MAXIMUM_SCORE}, but is {score}")
    return Decimal(number.rounded(100 * exact, "half")).scaleb(-2)


def band(score: number.Number) -> int:
    """Position in GRADES of the band that the score belongs to."""
    value = rounded_score(score)
    return sum(value < floor for floor in BAND_FLOORS)


def rosters(people: Sequence[Person]) -> tuple[Roster, ...]:
    """One roster per unit and 직급, by first appearance; within each the order is kept."""
    groups: dict[tuple[str, str], list[Person]] = {}
    for person in people:
        groups.setdefault((person.unit, person.rank), []).append(person)
    return tuple(Roster(*key, tuple(members)) for key, members in groups.items())


def cut(people: Sequence[Person], counts: Sequence[int], tie: CutTie = "order") -> Cut:
    """The order cut into grades of `counts` people, the first for 수.

    Neighbours of one score on both sides of a cut (`ties`) are parted by their place (`order`),
    or all get the group's best (`upper`) or worst grade (`lower`), so that the counts give way.

    ValueError names the argument: four counts that do not sum to the people, a score that is no
    number from 0 to 70 (by its position, never by the identifier).
    """
    number.choice(tie, CutTie, "tie")
    wanted = [number.whole(count, f"counts[{grade}]") for grade, count in enumerate(counts)]
    if len(wanted) != len(BAND_FLOORS) + 1:
        raise ValueError(f"counts must be one per grade ({len(BAND_FLOORS) + 1}), not {len(wanted)}")
    if sum(wanted) != len(people):
        raise ValueError(f"counts sum to {sum(wanted)}, but there are {len(people)} people")
    scores = _scores(people)
    by_order = [grade for grade, count in enumerate(wanted) for _ in range(count)]
    groups = [list(places) for _, places in groupby(range(len(people)), key=scores.__getitem__)]
    divided = [places for places in groups if by_order[places[0]] != by_order[places[-1]]]
    grades = by_order.copy()
    if tie != "order":
        pick: Callable[[Sequence[int]], int] = min if tie == "upper" else max
        for places in divided:
            kept = pick([by_order[place] for place in places])
            grades[places[0] : places[-1] + 1] = [kept] * len(places)
    return Cut(
        tuple(people),
        tuple(grades),
        tuple(grades.count(grade) for grade in range(len(wanted))),
        _lines(grades, scores),
        tuple(
            TiedGroup(
                scores[places[0]],
                tuple(people[place].identifier for place in places),
                tuple(by_order[place] for place in places),
            )
            for places in divided
        ),
        _violations(people, scores, grades),
        _inversions(people, scores),
    )


def moves(before: Cut, after: Cut) -> tuple[Move, ...]:
    """Whose grade changes between two cuts, in the order; ValueError unless both cut the same order."""
    if [person.identifier for person in before.people] != [person.identifier for person in after.people]:
        raise ValueError("after must cut the same people in the same order as before")
    return tuple(
        Move(person.identifier, old, new)
        for person, old, new in zip(before.people, before.grades, after.grades, strict=True)
        if old != new
    )


def _scores(people: Sequence[Person]) -> list[Decimal]:
    scores = []
    for position, person in enumerate(people):
        try:
            scores.append(rounded_score(person.score))
        except ValueError:
            raise ValueError(f"people[{position}].score must be a number from 0 to {MAXIMUM_SCORE}") from None
    return scores


def _lines(grades: Sequence[int], scores: Sequence[Decimal]) -> tuple[Line, ...]:
    return tuple(
        Line(place + 1, above, below, scores[place], scores[place + 1])
        for place, (above, below) in enumerate(pairwise(grades))
        if above != below
    )


def _violations(
    people: Sequence[Person], scores: Sequence[Decimal], grades: Sequence[int]
) -> tuple[BandViolation, ...]:
    rows = zip(people, scores, grades, strict=True)
    return tuple(
        BandViolation(person.identifier, score, grade, band(score))
        for person, score, grade in rows
        if grade != band(score)
    )


def _inversions(people: Sequence[Person], scores: Sequence[Decimal]) -> tuple[Inversion, ...]:
    return tuple(
        Inversion(place, people[place].identifier, people[place + 1].identifier, upper, lower)
        for place, (upper, lower) in enumerate(pairwise(scores))
        if upper < lower
    )
