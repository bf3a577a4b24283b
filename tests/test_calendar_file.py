"""The .ics file, read back by a small reader of RFC 5545 that shares nothing with the writer."""

import datetime
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import calendar_file
from lib.calendar_file import Entry

untimed = settings(deadline=None)
SEOUL = datetime.timezone(datetime.timedelta(hours=9))
STAMP = datetime.datetime(2023, 3, 31, 18, 0, tzinfo=SEOUL)
DESIGN = Entry(
    "design",
    "설계 용역",
    datetime.date(2023, 4, 1),
    datetime.date(2023, 7, 31),
    "담당: 총무과; 본관 1층, 시민 공간\n기준일 2023-03-31",
    "서울시청 본관 1층",
    "본관 1층 시민 공간",
)
CONSTRUCTION = Entry("construction", "리모델링 공사(종료 미정)", datetime.date(2023, 8, 1))

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)


def events(text: str) -> list[dict[str, str]]:
    """Each event's properties by name, unfolded on octets and unescaped as sections 3.1 and 3.3.11 say."""
    octets = text.encode()
    assert octets.endswith(b"END:VCALENDAR\r\n")
    lines = octets.replace(b"\r\n ", b"").decode().split("\r\n")
    found: list[dict[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found:
            plain = re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value)
            assert name not in found[-1] or line.startswith("END:"), line
            found[-1][name] = plain
    return found


def test_the_file_to_the_letter() -> None:
    """Calendar programs are strict about order, line ends and dates: DTEND is the day after the last."""
    assert calendar_file.text([DESIGN], STAMP, "청사 환경 개선") == "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Seoul Metropolitan Government//Administrative Affairs Bureau//KO",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
            "X-WR-CALNAME:청사 환경 개선",
            "BEGIN:VEVENT",
            "UID:35e2ea7d-c5bb-5a1f-b181-e4b17f89ea54",
            "DTSTAMP:20230331T090000Z",
            "DTSTART;VALUE=DATE:20230401",
            "DTEND;VALUE=DATE:20230801",
            "SUMMARY:설계 용역",
            "DESCRIPTION:담당: 총무과\\; 본관 1층\\, 시민 공간\\n기준일 2023",
            " -03-31",
            "LOCATION:서울시청 본관 1층",
            "CATEGORIES:본관 1층 시민 공간",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    )


def test_an_open_end_is_its_first_day() -> None:
    """A step without an end must not look as if it ended, nor run through the calendar for ever."""
    [event] = events(calendar_file.text([CONSTRUCTION], STAMP))
    assert (event["DTSTART;VALUE=DATE"], event["DTEND;VALUE=DATE"]) == ("20230801", "20230802")
    assert "LOCATION" not in event


def test_the_same_step_keeps_its_uid() -> None:
    """A later edition's file must update the entries that are there, not add to them."""
    later = DESIGN._replace(title="설계 용역(변경)", last=datetime.date(2023, 9, 30))
    [before], [after] = (events(calendar_file.text([entry], STAMP)) for entry in (DESIGN, later))
    [other] = events(calendar_file.text([CONSTRUCTION], STAMP))
    assert before["UID"] == after["UID"] != other["UID"]


@untimed
@given(words.filter(bool), words, words)
def test_any_text_comes_back(title: str, description: str, place: str) -> None:
    """Commas, semicolons, line breaks and Hangul in a step must not break the file or get lost."""
    text = calendar_file.text([DESIGN._replace(title=title, description=description, place=place)], STAMP)
    [event] = events(text)

    def kept(value: str) -> str:
        lines = value.replace("\r\n", "\n").replace("\r", "\n")
        return "".join(one for one in lines if one in "\t\n" or not (one < " " or one == "\x7f"))

    assert event["SUMMARY"] == kept(title)
    assert event.get("DESCRIPTION", "") == kept(description)
    assert event.get("LOCATION", "") == kept(place)


@untimed
@given(st.text(st.sampled_from("가나다라 abc,;\\\n😀é"), min_size=100, max_size=300))
def test_no_line_is_longer_than_75_octets_or_cuts_a_character(title: str) -> None:
    """Longer lines are cut by some programs, and half a syllable shows as a question mark."""
    octets = calendar_file.text([DESIGN._replace(title=title)], STAMP).encode()
    for line in octets.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
        assert b"\n" not in line and b"\r" not in line


def test_control_characters_are_left_out() -> None:
    """Text pasted from Hangul or Excel carries them, and one makes strict programs refuse the whole file."""
    controls = "".join(chr(code) for code in (*range(9), *range(11, 13), *range(14, 32), 127))
    [event] = events(calendar_file.text([DESIGN._replace(title=f"설계{controls}\t용역")], STAMP))
    assert event["SUMMARY"] == "설계\t용역"


def test_a_line_is_filled_before_it_is_folded() -> None:
    """75 octets fit on a line; folding earlier is legal but folding at 76 is not."""
    exact = "가" * 22 + "a"
    lines = calendar_file.text([DESIGN._replace(title=exact)], STAMP).split("\r\n")
    assert f"SUMMARY:{exact}" in lines
    assert len(f"SUMMARY:{exact}".encode()) == 75
    longer = calendar_file.text([DESIGN._replace(title=exact + "b")], STAMP).split("\r\n")
    assert longer[longer.index(f"SUMMARY:{exact}") + 1] == " b"


def test_an_empty_calendar_is_still_one() -> None:
    """A filter that leaves nothing must give a file that opens."""
    assert events(calendar_file.text([], STAMP)) == []


@pytest.mark.parametrize(
    ("entries", "stamp", "message"),
    [
        ([DESIGN], datetime.datetime(2023, 3, 31), "time zone"),
        ([DESIGN, DESIGN], STAMP, "design: key is given twice"),
        ([DESIGN._replace(key="")], STAMP, "key is empty"),
        ([DESIGN._replace(title="")], STAMP, "design: has no title"),
        ([DESIGN._replace(last=datetime.date(2023, 3, 1))], STAMP, "design: ends on 2023-03-01, before"),
    ],
)
def test_bad_entries_are_refused_by_key(entries: list[Entry], stamp: datetime.datetime, message: str) -> None:
    """A file that a calendar program rejects whole, with no reason, helps nobody."""
    with pytest.raises(ValueError, match=message):
        calendar_file.text(entries, stamp)
