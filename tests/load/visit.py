"""A visit without a browser: a WebSocket that speaks Streamlit's protocol with Streamlit's own messages."""

import asyncio
import contextlib
import hashlib
import ssl
import time
from collections.abc import AsyncIterator, Mapping
from typing import NamedTuple

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

RUN_SECONDS = 60
"""No run of a page takes as long; what takes longer is counted as failed."""
SHORT = 120
"""Bytes: the message that ends a run is shorter, and most others are not looked into."""
INCIDENT = "화면을 만드는 중 오류가 발생했습니다".encode()
UNAVAILABLE = "자료 파일(bureau.duckdb)".encode()


class Run(NamedTuple):
    """One run of a page, as the visitor got it. milliseconds: from the request to the message that ends the run."""

    milliseconds: float
    messages: list[bytes]

    @property
    def size(self) -> int:
        """Bytes that the server has sent."""
        return sum(map(len, self.messages))

    @property
    def has_failed(self) -> bool:
        """Whether the visitor was told of an incident in place of the page."""
        return any(INCIDENT in message for message in self.messages)

    @property
    def is_unavailable(self) -> bool:
        """Whether the visitor was told that there is no database to read."""
        return any(UNAVAILABLE in message for message in self.messages)

    def parsed(self) -> list[ForwardMsg]:
        """The messages. All are whole: the visit never says that it has kept earlier ones, as browsers do."""
        return [ForwardMsg.FromString(message) for message in self.messages]

    def drawn(self) -> dict[tuple[int, ...], str]:
        """What was drawn: the fingerprint of what stands at each place of the page; names made anew each time left out."""
        return {
            tuple(message.metadata.delta_path): _fingerprint(message)
            for message in self.parsed()
            if message.HasField("delta")
        }

    def text(self) -> str:
        """Everything that the page says, for people to read in a failed test."""
        return "\n".join(str(message.delta) for message in self.parsed() if message.HasField("delta"))


class Visit:
    """One visit; what it has set stays set, as in a browser."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.page = ""
        self.query = ""
        self.widgets: dict[str, WidgetState] = {}

    async def open(self, page: str = "", query: str = "") -> Run:
        """Go to the page at an address, with the parameters of a link."""
        if page != self.page:
            self.widgets = {}
        self.page, self.query = page, query
        return await self.run()

    async def choose(self, widget: str, *values: str) -> Run:
        """Set a control whose value is a list of texts, such as a segmented control."""
        state = WidgetState(id=widget)
        state.string_array_value.data.extend(values)
        self.widgets[widget] = state
        return await self.run()

    async def look_again(self, run: Run) -> Run:
        """Wait as a browser does for what a page repeats by itself, and run that; what comes of it."""
        [repeated] = [message.auto_rerun for message in run.parsed() if message.HasField("auto_rerun")]
        await asyncio.sleep(repeated.interval)
        message = self._request()
        message.rerun_script.fragment_id = repeated.fragment_id
        message.rerun_script.is_auto_rerun = True
        return await self.answered(message)

    async def run(self) -> Run:
        """Run the page. Raises TimeoutError where the run does not end, ConnectionClosed where the server goes away."""
        return await self.answered(self._request())

    def _request(self) -> BackMsg:
        message = BackMsg()
        message.rerun_script.page_name = self.page
        message.rerun_script.query_string = self.query
        message.rerun_script.widget_states.widgets.extend(self.widgets.values())
        return message

    async def answered(self, message: BackMsg) -> Run:
        """Send a message and take what comes until a run has ended."""
        started = time.perf_counter()
        messages: list[bytes] = []
        async with asyncio.timeout(RUN_SECONDS):
            await self.socket.send(message.SerializeToString())
            while not (messages and len(messages[-1]) < SHORT and _ends(messages[-1])):
                messages.append(await self.socket.recv(decode=False))
        return Run(1000 * (time.perf_counter() - started), messages)


def _fingerprint(message: ForwardMsg) -> str:
    element = message.delta.new_element
    content = message.delta.SerializeToString(deterministic=True)
    if name := element.download_button.deferred_file_id:
        content = content.replace(name.encode(), b"")
    return hashlib.sha256(content).hexdigest()


def _ends(data: bytes) -> bool:
    message = ForwardMsg.FromString(data)
    ended = ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY
    return message.WhichOneof("type") == "script_finished" and message.script_finished in ended


@contextlib.asynccontextmanager
async def visiting(
    origin: str,
    headers: Mapping[str, str] | None = None,
    context: ssl.SSLContext | None = None,
    token: str | None = None,
) -> AsyncIterator[Visit]:
    """A visit to the server at an origin, until the block ends.

    headers: cookies and the like; token: that of the cookie against forged requests, which signing in needs.
    """
    async with connect(
        f"{origin.replace('http', 'ws', 1)}/_stcore/stream",
        origin=origin,  # type: ignore[arg-type]
        additional_headers=dict(headers or {}),
        subprotocols=["streamlit", token or "-"],  # type: ignore[list-item]
        compression=None,
        ssl=context,
        max_size=None,
        open_timeout=RUN_SECONDS,
        ping_interval=None,
    ) as socket:
        yield Visit(socket)
