"""What the reader of reports recognises: numbers, dates, names, columns, and the hierarchy of lines."""

import datetime
import random
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.intake.report import columns, dates, hierarchy, letters, numbers

# Numbers, dates, names ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4,172,782", "4172782"),
        ("△4,172,782", "-4172782"),
        ("▲19.5%", "-19.5"),
        ("△ 19.5 %", "-19.5"),
        ("－3", "-3"),
        ("１，２３４", "1234"),
        ("　178명 ", "178"),
        ("905.4%", "905.4"),
        ("-", None),
        ("－", None),
        ("", None),
        ("  ", None),
    ],
)
def test_numbers_as_printed(text: str, value: str | None) -> None:
    """A minus is lost, or a "-" becomes a zero."""
    assert numbers.value(text) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    "text", ["1,23", "12,3456", "1.2.3", "약 3", "3~4", "총무과", "1 2/3", "²", "9" * 19]
)
def test_what_is_no_number_is_said(text: str) -> None:
    """A broken number is published as another one."""
    with pytest.raises(ValueError):
        numbers.value(text)


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("세입총괄 (’23. 3. 31. 기준, 단위 : 천원, %)", "천원"),
        ("(단위: 백만원)", "백만원"),
        ("[단 위 ： 억 원]", "억원"),
        ("(단위 : 명, 원)", "원"),
        ("단위 표시 없음", ""),
    ],
)
def test_unit_of_a_heading(heading: str, unit: str) -> None:
    """백만원 is read as 천원, and the bureau has a thousandth of its budget."""
    assert numbers.unit(heading) == unit


@pytest.mark.parametrize("words", ["22조 1,491억원", "22조1491억", "２２조 1,491억 원"])
def test_amounts_in_words(words: str) -> None:
    """조 and 억 are taken for one number."""
    assert numbers.hundred_million_won(words) == 221_491
    assert numbers.hundred_million_won("5,243억원") == 5_243
    assert numbers.hundred_million_won("원") is None


@pytest.mark.parametrize(
    "text",
    [
        *(
            "(기준 : ’23. 3. 31.)",
            "('23.3.31. 기준)",
            "‘23. 3. 31 현재",
            "2023년 3월 31일 기준",
            "기준일: 2023-03-31",
        ),
        *("（기준 ： ＇２３． ３． ３１．）", "´23. 3. 31.(금) 기준", "기준: 23. 3. 31."),
    ],
)
def test_as_of_dates(text: str) -> None:
    """A report with another apostrophe has no date."""
    assert list(dates.as_of([text])) == [datetime.date(2023, 3, 31)]


@pytest.mark.parametrize("text", ["’23. 2. 31. 기준", "’23. 3. 29.(수) 15:00", "기준을 마련", "(기준 : 3월)"])
def test_what_is_no_as_of_date(text: str) -> None:
    """The day of a meeting, or one that no month has, becomes the date of the edition."""
    assert not dates.as_of([text])


@pytest.mark.parametrize(
    ("text", "first", "last", "printed"),
    [
        ("설계('23. 4.~7.)", (2023, 4), (2023, 7), "4~7월"),
        ("공사(’23. 8.~) 예정", (2023, 8), None, "8월~"),
        ("공모(3월)", (2023, 3), (2023, 3), "3월"),
        ("검토 : ’23. 4~5월", (2023, 4), (2023, 5), "4~5월"),
        ("’23. 8월∼", (2023, 8), None, "8월~"),
        ("'23. 11월～'24. 2월", (2023, 11), (2024, 2), "11월~2024년 2월"),
        ("2024년 1월", (2024, 1), (2024, 1), "2024년 1월"),
        ("연중 실시", (2023, 1), (2023, 12), "연중"),
        ("하반기 시행", (2023, 7), (2023, 12), "하반기"),
        ("2분기", (2023, 4), (2023, 6), "2분기"),
    ],
)
def test_windows_of_months(
    text: str, first: tuple[int, int], last: tuple[int, int] | None, printed: str
) -> None:
    """An open end is closed, or a step moves to another month."""
    [window] = dates.windows(text, 2023)
    assert window.first == datetime.date(*first, 1)
    assert window.last == (datetime.date(*last, 1) if last else None)
    assert window.printed == printed


@pytest.mark.parametrize(
    "text",
    ["’23. 3. 29.(수) 15:00 ~ 17:00", "(4.3%)", "2~3만(179개동, 42.1%)", "최소 2~5명", "13월", "2024년 예산"],
)
def test_what_is_no_window(text: str) -> None:
    """A time, a share or a day becomes a month of work."""
    assert dates.windows(text, 2023) == []


def test_odd_spaces_and_signs() -> None:
    """세 외 수 입 is another line than 세외수입, and its history ends."""
    assert letters.key("　세 외\u00a0수 입\u200b ") == "세외수입"
    assert (
        letters.key("지방행정제재‧부과금")
        == letters.key("지방행정제재·부과금")
        == letters.key("지방행정제재ㆍ 부과금")
    )
    assert letters.key("\uf03da \u1112\u1161\u11ab글") == "a한글"
    assert letters.squeezed("（ＡＢ） ～ ’２３") == "(AB)~'23"
    assert [
        letters.bullet(text) for text in ("ㅇ 가", "  - 나", "□ 다", "①라", "\U000f03da 바", "△3", "-3", "마")
    ] == [*("ㅇ", "-", "□", "①", "□", "", "", "")]


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        (
            [
                "구분",
                "2022예산현액(A)",
                "2023예산현액(B)",
                "'22년대비증감증감액(B-A)",
                "'22년대비증감증감률",
                "징수현황(3.31.)징수액(C)",
                "징수현황(3.31.)징수율(C/B)",
            ],
            {
                "previous_budget": 1,
                "budget": 2,
                "change": 3,
                "change_percent": 4,
                "realised": 5,
                "realised_percent": 6,
            },
        ),
        (
            ["구분", "'24년예산현액", "'23년예산현액", "집행액"],
            {"previous_budget": 2, "budget": 1, "realised": 3},
        ),
        (["구분", "예산액", "전년도예산액", "증감"], {"previous_budget": 2, "budget": 1, "change": 3}),
        (
            ["구분", "예산현액(단위:천원,%)", "집행액(단위:천원,%)", "집행률(%)"],
            {"budget": 1, "realised": 2, "realised_percent": 3},
        ),
        (
            ["구분", "2023본예산", "2022예산현액", "2023예산현액", "집행액"],
            {"previous_budget": 2, "budget": 3, "realised": 4},
        ),
        (["부서", "팀", "인력"], {}),
    ],
)
def test_columns_by_their_heads(heads: Sequence[str], expected: dict[str, int]) -> None:
    """The year before is taken for this one when the columns change places."""
    assert columns.roles(heads) == expected


# Hierarchy ------------------------------------------------------------------------------------------

TREES = st.recursive(st.none(), lambda parts: st.lists(parts, min_size=2, max_size=4), max_leaves=25)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(TREES.filter(lambda parts: parts is not None), st.randoms(use_true_random=False))
def test_sums_give_the_hierarchy(parts: object, chance: random.Random) -> None:
    """A new line of a report becomes part of the wrong group, and no sum closes."""
    amounts: list[tuple[Decimal]] = []
    parents: list[int | None] = []
    # Powers of two: no two sets of lines have one sum.
    flat(parts, None, amounts, parents, [2**power for power in chance.sample(range(100), 100)])
    tree = hierarchy.tree(amounts, {}, [0] * len(amounts))
    assert tree.parents == parents
    assert not tree.guessed


@settings(max_examples=100, derandomize=True, deadline=None)
@given(TREES.filter(lambda parts: parts is not None), st.lists(st.integers(1, 2), min_size=100, max_size=100))
def test_sums_close_where_amounts_are_alike(parts: object, leaves: list[int]) -> None:
    """Where two hierarchies fit the amounts, the one that is chosen fits neither."""
    amounts: list[tuple[Decimal]] = []
    flat(parts, None, amounts, [], leaves)
    below: dict[int, Decimal] = {}
    for place, parent in enumerate(hierarchy.tree(amounts, {}, [0] * len(amounts)).parents):
        if parent is not None:
            below[parent] = below.get(parent, Decimal(0)) + amounts[place][0]
    assert all(total == amounts[parent][0] for parent, total in below.items())


def flat(
    part: object,
    parent: int | None,
    amounts: list[tuple[Decimal]],
    parents: list[int | None],
    leaves: list[int],
) -> Decimal:
    """The lines of a tree in the printed order, each with the sum of what is below it."""
    place = len(amounts)
    amounts.append((Decimal(0),))
    parents.append(parent)
    total = (
        sum((flat(below, place, amounts, parents, leaves) for below in part), Decimal(0))
        if isinstance(part, list)
        else Decimal(leaves.pop())
    )
    amounts[place] = (total,)
    return total


def test_sums_that_do_not_close_leave_it_to_the_indent() -> None:
    """A misprint in one line takes the hierarchy of all new lines away, or a guess looks certain."""
    amounts = [(Decimal(value),) for value in (100, 60, 20, 39, 40)]
    tree = hierarchy.tree(amounts, {}, [0, 2, 4, 4, 2])
    assert tree.parents == [None, 0, 1, 1, 0]
    assert tree.guessed == {1, 2, 3, 4}


def test_rounded_amounts_may_differ_by_half_a_unit_each() -> None:
    """A table in 백만원 closes nowhere, and every parent is a guess."""
    amounts = [(Decimal(value),) for value in (10, 6, 3, 4, 4)]
    assert hierarchy.tree(amounts, {}, [0] * 5, Decimal("0.5")).guessed == set()


def test_the_search_ends() -> None:
    """A table of equal lines keeps the reader busy for ever."""
    tree = hierarchy.tree([(Decimal(40),), *[(Decimal(1),)] * 290], {}, [0] * 291)
    assert len(tree.parents) == 291 and tree.guessed
