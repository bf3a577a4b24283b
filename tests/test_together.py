"""What waits for the end of a run, and what does not: on a connection without a browser."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from lib import together

OPENED = ["frame", "script_finished"]
"""What a visit begins with; each further run names its page."""
KINDS = ("map", "budget", "delta", "script_finished", "session_status_changed", "heartbeat_ack")
Says = Callable[[str], Awaitable[None]]
Script = Callable[[Says, list[str]], Awaitable[None]]


def said(kind: str) -> Message:
    message = ForwardMsg()
    if kind in ("frame", "map", "budget"):
        message.new_session.page_script_hash, message.new_session.main_script_hash = kind, "frame"
    elif ForwardMsg.DESCRIPTOR.fields_by_name[kind].message_type:
        getattr(message, kind).SetInParent()
    else:
        setattr(message, kind, 1)
    return {"type": "websocket.send", "bytes": message.SerializeToString()}


def heard(message: Message) -> str:
    if not message.get("bytes"):
        return str(message["type"])
    told = ForwardMsg.FromString(message["bytes"])
    return told.new_session.page_script_hash or str(told.WhichOneof("type"))


def connection(script: Script) -> list[str]:
    """What has reached the browser of a server that says what the script says, by kind."""
    arrived: list[str] = []

    async def send(message: Message) -> None:
        await asyncio.sleep(0)
        arrived.append(heard(message))

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        async def says(kind: str) -> None:
            await send({"type": kind} if "." in kind else said(kind))

        await script(says, arrived)

    async def receive() -> Message:
        return {"type": "websocket.disconnect"}

    asyncio.run(together.Together(app)({"type": "websocket"}, receive, send))
    return arrived


async def opened(says: Says) -> None:
    for kind in OPENED:
        await says(kind)


def test_a_page_that_is_drawn_again_comes_in_one_piece() -> None:
    """Every element drawn by itself, and the page around it each time."""

    async def script(says: Says, arrived: list[str]) -> None:
        await opened(says)
        for _ in range(2):
            before = list(arrived)
            for kind in ("map", "delta", "session_status_changed", "delta"):
                await says(kind)
            await asyncio.sleep(0)
            assert arrived == before
            await says("script_finished")
            assert len(arrived) == len(before) + 5
            await says("session_status_changed")
            assert len(arrived) == len(before) + 6

    connection(script)


def test_a_page_that_is_new_comes_as_it_goes_along() -> None:
    """A browser that has nothing to do while the server works out a page, and then all at once."""

    async def script(says: Says, arrived: list[str]) -> None:
        for page, known in (("frame", False), ("map", True), ("budget", False)):
            for kind in (page, "delta"):
                await says(kind)
                assert (arrived[-1:] == [kind]) == (not known)
            await says("script_finished")

    connection(script)


def test_what_answers_no_run_does_not_wait() -> None:
    """An answer to the browser's question that comes late because a run has just ended."""

    async def script(says: Says, arrived: list[str]) -> None:
        await opened(says)
        for kind in ("map", "script_finished", "heartbeat_ack", "delta"):
            await says(kind)
        assert arrived == [*OPENED, "map", "script_finished", "heartbeat_ack", "delta"]

    connection(script)


def test_a_long_run_shows_what_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """A publication whose steps are seen only when it is over."""
    monkeypatch.setattr(together, "SECONDS", 0.001)

    async def script(says: Says, arrived: list[str]) -> None:
        await opened(says)
        for kind in ("map", "delta"):
            await says(kind)
            assert kind not in arrived
            await asyncio.sleep(0.1)
            assert kind in arrived

    connection(script)


def test_a_connection_that_is_closed_in_a_run() -> None:
    """A reason for the end that never arrives; or a message that is sent when nobody is there, an error in the log."""

    async def closed(says: Says, arrived: list[str]) -> None:
        await opened(says)
        await says("map")
        await says("websocket.close")

    async def gone(says: Says, arrived: list[str]) -> None:
        await opened(says)
        await says("map")

    assert connection(closed) == [*OPENED, "map", "websocket.close"]
    assert connection(gone) == OPENED


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from([0.0, 0.0, 0.002])), max_size=20))
def test_nothing_is_lost_or_overtaken(sequence: list[tuple[str, float]]) -> None:
    """A page with an element missing, or one in another's place."""
    before, together.SECONDS = together.SECONDS, 0.001
    try:

        async def script(says: Says, arrived: list[str]) -> None:
            await opened(says)
            for kind, pause in sequence:
                await says(kind)
                await asyncio.sleep(pause)
            await asyncio.sleep(0.01)

        assert connection(script) == [*OPENED, *(kind for kind, _ in sequence)]
    finally:
        together.SECONDS = before
