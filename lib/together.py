"""What a run of a page tells the browser, sent in one piece.

Streamlit sends as a run goes along, every ten milliseconds, and the browser draws the page anew with each handful that
it has when it is through with the one before: three times for most clicks. What is held back until the run has ended
is drawn once.
"""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

SECONDS = 0.1
"""No message waits longer: a run that takes its time shows what it has."""


class Together:
    """Holds the messages of a run back until it has ended; all else passes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            send = _Messages(send).forward
        await self.app(scope, receive, send)


class _Messages:
    """The messages of one connection, in their order."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.held: list[Message] = []
        self.running = False
        self.due: asyncio.TimerHandle | None = None
        self.one = asyncio.Lock()

    async def forward(self, message: Message) -> None:
        kind = (
            ForwardMsg.FromString(content).WhichOneof("type") if (content := message.get("bytes")) else None
        )
        self.running = kind == "new_session" or self.running and kind not in (None, "script_finished")
        self.held.append(message)
        if not self.running:
            await self.release()
        elif self.due is None:
            loop = asyncio.get_running_loop()
            self.due = loop.call_later(SECONDS, lambda: loop.create_task(self.release()))

    async def release(self) -> None:
        if self.due is not None:
            self.due.cancel()
            self.due = None
        async with self.one:
            while self.held:
                await self.send(self.held.pop(0))
