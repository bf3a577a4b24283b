"""What a run of a page tells the browser, sent in one piece.

Streamlit sends as a run goes along, and the browser draws the page anew with each handful that has come when it is
through with the one before: three or four times for most clicks. What is held back until the run has ended is drawn
once or twice. A page that is new to the browser comes as it goes along: there is much to fetch and to build meanwhile.
"""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

SECONDS = 0.1
"""No message waits longer: a run that takes its time shows what it has."""


class Together:
    """Holds the messages of a run back until it has ended where it draws a page again (ASGI middleware); all else passes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            return await self.app(scope, receive, send)
        messages = _Messages(send)
        try:
            await self.app(scope, receive, messages.forward)
        finally:
            messages.end()


class _Messages:
    """The messages of one connection, which keep their order."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.held: list[Message] = []
        self.page: str | None = None
        self.again = False
        self.sending = asyncio.Lock()
        self.timer: asyncio.Task[None] | None = None

    async def forward(self, message: Message) -> None:
        content = message.get("bytes")
        told = ForwardMsg.FromString(content) if content else ForwardMsg()
        match told.WhichOneof("type"):
            case "new_session":
                run = told.new_session
                # A visit begins with the frame's own name for whatever page.
                self.again = self.page in (run.page_script_hash, run.main_script_hash)
                self.page = run.page_script_hash
            case "script_finished" | None:
                self.again = False
        self.held.append(message)
        if not self.again:
            await self.release()
        elif self.timer is None:
            self.timer = asyncio.create_task(self.wait())

    async def wait(self) -> None:
        await asyncio.sleep(SECONDS)
        await self.release()
        self.timer = None

    async def release(self) -> None:
        async with self.sending:
            while self.held:
                await self.send(self.held.pop(0))

    def end(self) -> None:
        """Nobody is there any more."""
        if self.timer is not None:
            self.timer.cancel()
