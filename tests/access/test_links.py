"""Links as nobody would send them: every bound control of every page with hostile values, over the WebSocket.

The links go to the served app, each into a visit of its own, while somebody else has an upload open in theirs.
"""

import urllib.parse
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from lib import menu
from tests.access import visitor
from tests.access.test_roles import hand_in
from tests.browser import server

SECRET = "비밀감찰담당팀"
MOST_RUNS = 40
EXAMPLES = 15
LEADING = {"view", "part", "table", "lens", "level"}
"""Controls that other controls depend on: each of their options is tried when controls are looked for."""
HOSTILE = [
    "", " ", "\0", "\u202e", "\ud7ff", "A" * 5000, "가" * 3000, "-1", "0", "1e309", "-1e309", "nan", "inf", "1_000",
    "９９", "٣", "0x10", "9" * 400, "1.5", "2023-02-30", "0000-00-00", "9999-12-31", "true", "null", "None", "[]",
    "{}", "[[[[", '{"a": {"b": NaN}}', "'; drop table edition; --", '" or "" = "', "%", "%00", "%ff", "$where",
    "<script>alert(1)</script>", "](javascript:alert(1))", "{{7*7}}", "${7*7}", "../../etc/passwd", "C:\\x",
    "\r\nSet-Cookie: a=b", "eJwDAAAAAAE=", "H4sIAAAAAAAA", "=cmd|' /C calc'!A0", ",,,,", "a,b,c", "shift.hall.design=999999",
    "hall.design=1;" * 200, "share_su=1e999",
]  # fmt: skip
UNSEEN = ("plan", "assumed", "as_of", "place", "sections", "embed", "embed_options", "nobody")


class Served(NamedTuple):
    """The app, and the log that it writes."""

    origin: str
    log: Path


@pytest.fixture(scope="module")
def served(bureau: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app, with somebody whose upload nobody else may see."""
    folder = tmp_path_factory.mktemp("links")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUREAU_LOG", str(folder / "log-folder"))
        with (
            server.serving(server.APP, folder / "log", bureau) as running,
            visitor.Person(base_url=running.origin) as other,
            visitor.visit(other) as visit,
        ):
            rows = f"단위,직급,평정대상 인원,확정된 가\n{SECRET},6급,12,0\n".encode()
            assert SECRET in str(hand_in(other, visit, "evaluation-simulator", "단위표", "units.csv", rows))
            yield Served(running.origin, folder / "log")
    server.without_complaints(folder / "log")


def opened(served: Served, page: str, query: str) -> list[ForwardMsg]:
    """What a new visit to a link is sent; an AssertionError where that is a fault or somebody else's."""
    with httpx2.Client(base_url=served.origin) as client, visitor.visit(client) as visit:
        messages = visit.run(page, query)
    told = visitor.text(messages)
    assert "오류 번호" not in told and "exception {" not in told, (
        f"/{page}?{query}\n{served.log.read_text()[-3000:]}"
    )
    assert SECRET not in str(messages)
    [finished] = [
        message.script_finished for message in messages if message.WhichOneof("type") == "script_finished"
    ]
    assert finished == ForwardMsg.FINISHED_SUCCESSFULLY
    return messages


def bound(messages: list[ForwardMsg]) -> dict[str, list[str]]:
    """The link parameters of the controls of a run, each with what can be chosen (none where it is typed)."""
    found = {}
    for message in messages:
        if message.HasField("delta") and message.delta.HasField("new_element"):
            element = message.delta.new_element
            control = getattr(element, element.WhichOneof("type") or "", None)
            if key := getattr(control, "query_param_key", ""):
                options = getattr(control, "options", [])
                found[key] = [getattr(option, "content", option) for option in options]
    return found


def controls(served: Served, page: str) -> dict[str, list[str]]:
    """The link parameters of a page, in all its views."""
    known: dict[str, list[str]] = {}
    waiting: deque[dict[str, str]] = deque([{}])
    tried = {""}
    for _ in range(MOST_RUNS):
        if not waiting:
            break
        link = waiting.popleft()
        found = bound(opened(served, page, urllib.parse.urlencode(link)))
        known |= found
        for key in LEADING & found.keys():
            for option in found[key]:
                further = {**link, key: option}
                if (text := urllib.parse.urlencode(sorted(further.items()))) not in tried:
                    tried.add(text)
                    waiting.append(further)
    return known


@pytest.mark.parametrize("entry", menu.PAGES, ids=lambda entry: entry.path or "overview")
def test_no_link_makes_a_page_fail(served: Served, entry: menu.Entry) -> None:
    """A link that was typed wrongly, or made to break in, ends in a trace, in another's data or in a dead server."""
    known = controls(served, entry.path)
    assert "unit" in known
    for key in known:
        opened(served, entry.path, f"{key}=")
    typed = (
        st.sampled_from(HOSTILE) | st.text(st.characters(codec="utf-8"), max_size=30) | st.integers().map(str)
    )
    values = {key: typed | st.sampled_from(options) if options else typed for key, options in known.items()}
    values |= {key: typed for key in UNSEEN if key not in values}

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.fixed_dictionaries({}, optional=values))
    def opens(link: dict[str, str]) -> None:
        opened(served, entry.path, urllib.parse.urlencode(link))

    opens()


@pytest.mark.parametrize(
    "query",
    [
        "%",
        "%zz=%",
        "unit=%ff%fe",
        "unit=1&unit=2&unit=천원",
        "&&&===",
        "unit[]=1",
        "a" * 20_000,
        "?" * 100,
        "unit=\0",
        "%00=%00",
    ],
    ids=lambda query: query[:12],
)
def test_no_link_that_is_none_makes_a_page_fail(served: Served, query: str) -> None:
    """A link that a mail program has cut or coded twice shows a trace."""
    for path in ("", "budget-execution", "evaluation-simulator", "council-briefing"):
        opened(served, path, query)


@pytest.mark.parametrize(
    "path", ["../app", "/etc/passwd", "\0", "가" * 500, "council-briefing/..", "<script>", "lib/frame.py"]
)
def test_an_address_that_no_page_has_shows_the_start_page(served: Served, path: str) -> None:
    """An address that reaches a file, or ends in a trace."""
    assert menu.PAGES[0].title in visitor.text(opened(served, path, ""))


def test_links_to_slides_are_answered_in_a_sentence(served: Served) -> None:
    """The slides, which are no page of Streamlit, fail on what pages bear."""
    keys = ("sections", "unit", "as_of", "pace", "assumed", "plan", "rotate", "nobody")

    @settings(
        max_examples=60,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        st.dictionaries(st.sampled_from(keys), st.sampled_from(HOSTILE) | st.text(max_size=20), max_size=4)
    )
    def answered(link: dict[str, str]) -> None:
        query = urllib.parse.urlencode(link, errors="replace")
        answer = httpx2.get(f"{served.origin}/slides?{query}", timeout=60)
        assert answer.status_code in (200, 400), query
        assert "<script>alert" not in answer.text

    answered()
