"""Dates as an iCalendar file (RFC 5545, .ics), so that steps land in the calendar people already use."""

import datetime
import re
import uuid
from collections.abc import Iterable, Iterator
from typing import NamedTuple

PRODUCT = "-//Seoul Metropolitan Government//Administrative Affairs Bureau//KO"
NAMESPACE = uuid.UUID("7177d3a2-fd28-488f-adef-062859017779")
LINE_OCTETS = 75


class Entry(NamedTuple):
    """An all-day entry from the first day to the last, both included; last None: the first day alone.

    key: the same for the same step in every edition, so that importing again updates instead of doubling.
    """

    key: str
    title: str
    first: datetime.date
    last: datetime.date | None = None
    description: str = ""
    place: str = ""
    category: str = ""


def text(entries: Iterable[Entry], stamp: datetime.datetime, name: str = "") -> str:
    """The calendar as text with CRLF line ends; write it as UTF-8 without translating line ends.

    stamp: when the entries were made (DTSTAMP, section 3.8.7.2), with its time zone. name: what calendar
    programs call it. Entries do not block time (TRANSPARENT): a building site is not a meeting.
    Raises ValueError for a stamp without time zone, a key given twice or empty, an entry without title and
    a last day before the first.
    """
    if stamp.utcoffset() is None:
        raise ValueError("stamp must have a time zone")
    moment = stamp.astimezone(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{_escaped(name)}"] if name else []
    seen: set[str] = set()
    for entry in entries:
        _check(entry, seen)
        lines += _event(entry, moment)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _check(entry: Entry, seen: set[str]) -> None:
    if not entry.key or entry.key in seen:
        raise ValueError(f"{entry.key or 'an entry'}: key is {'given twice' if entry.key else 'empty'}")
    if not entry.title:
        raise ValueError(f"{entry.key}: has no title")
    if entry.last is not None and entry.last < entry.first:
        raise ValueError(f"{entry.key}: ends on {entry.last}, before it starts on {entry.first}")
    seen.add(entry.key)


def _event(entry: Entry, moment: str) -> list[str]:
    """An event; DTEND is the day after the last (section 3.6.1)."""
    end = (entry.last or entry.first) + datetime.timedelta(days=1)
    optional = {"DESCRIPTION": entry.description, "LOCATION": entry.place, "CATEGORIES": entry.category}
    return [
        "BEGIN:VEVENT",
        f"UID:{uuid.uuid5(NAMESPACE, entry.key)}",
        f"DTSTAMP:{moment}",
        f"DTSTART;VALUE=DATE:{_day(entry.first)}",
        f"DTEND;VALUE=DATE:{_day(end)}",
        f"SUMMARY:{_escaped(entry.title)}",
        *(f"{name}:{_escaped(value)}" for name, value in optional.items() if value),
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _day(day: datetime.date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _escaped(value: str) -> str:
    """TEXT (section 3.3.11): escapes for backslash, comma, semicolon and new line, no control characters."""
    lines = re.sub(r"\r\n?", "\n", value)
    printable = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", lines)
    return re.sub(r"([\\;,])", r"\\\1", printable).replace("\n", r"\n")


def _folded(line: str) -> Iterator[str]:
    """The line in parts of at most 75 octets, each after the first led by a space (section 3.1).

    Never within a character: a Hangul syllable is three octets, and some readers decode before they unfold.
    """
    part, octets = "", 0
    for character in line:
        size = len(character.encode())
        if octets + size > LINE_OCTETS:
            yield part
            part, octets = " ", 1
        part += character
        octets += size
    yield part
