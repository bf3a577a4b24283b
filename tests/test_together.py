"""What waits for the end of a run, and what does not: on a connection without a browser."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from lib import together

KINDS = ("new_session", "delta", "script_finished", "session_status_changed", "heartbeat_ack")
Says = Callable[[str], Awaitable[None]]
Script = Callable[[Says, list[str]], Awaitable[None]]


def said(kind: str) -> Message:
    message = ForwardMsg()
    if ForwardMsg.DESCRIPTOR.fields_by_name[kind].message_type:
        getattr(message, kind).SetInParent()
    else:
        setattr(message, kind, 1)
    return {"type": "websocket.send", "bytes": message.SerializeToString()}


def connection(script: Script) -> list[str]:
    """What has reached the browser of a server that says what the script says, by kind."""
    arrived: list[str] = []

    async def send(message: Message) -> None:
        await asyncio.sleep(0)
        content = message.get("bytes")
        arrived.append(ForwardMsg.FromString(content).WhichOneof("type") if content else message["type"])

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        async def says(kind: str) -> None:
            await send(said(kind) if kind in KINDS else {"type": kind})

        await script(says, arrived)

    async def receive() -> Message:
        return {"type": "websocket.disconnect"}

    asyncio.run(together.Together(app)({"type": "websocket"}, receive, send))
    return arrived


def test_a_run_comes_in_one_piece() -> None:
    """Every element drawn by itself, and the page around it each time."""

    async def script(says: Says, arrived: list[str]) -> None:
        await says("session_status_changed")
        assert arrived == ["session_status_changed"]
        for kind in ("new_session", "delta", "session_status_changed", "delta"):
            await says(kind)
        await asyncio.sleep(0)
        assert arrived == ["session_status_changed"]
        await says("script_finished")
        assert len(arrived) == 6
        await says("session_status_changed")
        assert len(arrived) == 7

    connection(script)


def test_what_answers_no_run_does_not_wait() -> None:
    """An answer to the browser's question that comes late because a run has just ended."""

    async def script(says: Says, arrived: list[str]) -> None:
        for kind in ("new_session", "script_finished", "heartbeat_ack", "delta"):
            await says(kind)
        assert arrived == ["new_session", "script_finished", "heartbeat_ack", "delta"]

    connection(script)


def test_a_long_run_shows_what_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """A publication whose steps are seen only when it is over."""
    monkeypatch.setattr(together, "SECONDS", 0.001)

    async def script(says: Says, arrived: list[str]) -> None:
        for kind in ("new_session", "delta"):
            await says(kind)
            assert kind not in arrived
            await asyncio.sleep(0.1)
            assert kind in arrived

    connection(script)


def test_a_connection_that_is_closed_in_a_run() -> None:
    """A reason for the end that never arrives; or a message that is sent when nobody is there, an error in the log."""

    async def closed(says: Says, arrived: list[str]) -> None:
        await says("new_session")
        await says("websocket.close")

    async def gone(says: Says, arrived: list[str]) -> None:
        await says("new_session")

    assert connection(closed) == ["new_session", "websocket.close"]
    assert connection(gone) == []


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from([0.0, 0.0, 0.002])), max_size=20))
def test_nothing_is_lost_or_overtaken(sequence: list[tuple[str, float]]) -> None:
    """A page with an element missing, or one in another's place."""
    before, together.SECONDS = together.SECONDS, 0.001
    try:

        async def script(says: Says, arrived: list[str]) -> None:
            for kind, pause in sequence:
                await says(kind)
                await asyncio.sleep(pause)
            await asyncio.sleep(0.01)

        assert connection(script) == [kind for kind, _ in sequence]
    finally:
        together.SECONDS = before
