"""A person without a browser: signs in over HTTP, opens a visit over the WebSocket as Streamlit's page does."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

RUN_SECONDS = 60
HTML = {"accept": "text/html"}


class Person(httpx2.Client):
    """Somebody with a browser's manners and cookies; as a context, until they close it."""

    landed: httpx2.Response
    """Where signing in has led."""

    def sign_in(self, subject: str, to: str = "/") -> httpx2.Response:
        """Sign in as one of the provider's people; where that leads."""
        choice = self.get("/sign-in/start", params={"to": to})
        assert choice.status_code == 200 and f">{subject}<" in choice.text, choice.text
        self.landed = self.get(f"{choice.url}&be={subject}")
        return self.landed


@contextmanager
def person(origin: str, subject: str, to: str = "/") -> Iterator[Person]:
    """Somebody who has signed in."""
    with Person(base_url=origin, follow_redirects=True, timeout=30, headers=HTML) as client:
        client.sign_in(subject, to)
        yield client


class Visit:
    """One visit: a WebSocket, what was drawn in its last run, and what its messages tell."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.urls: Any = None
        """Of the last file that was sent."""

    def run(self, page: str = "", query: str = "", **extra: Any) -> list[ForwardMsg]:
        """The messages of one run of a page, by its address."""
        message = BackMsg()
        message.rerun_script.page_name = page
        message.rerun_script.query_string = query
        for name, value in extra.items():
            setattr(message.rerun_script, name, value)
        return self.send(message)

    def send(self, message: BackMsg) -> list[ForwardMsg]:
        """The messages up to the end of the run that this one starts."""
        self.socket.send(message.SerializeToString())
        return list(self._until("script_finished"))

    def answer(self, message: BackMsg, kind: str) -> Any:
        """The answer of a kind to a message that starts no run."""
        self.socket.send(message.SerializeToString())
        return getattr(list(self._until(kind))[-1], kind)

    def _until(self, kind: str) -> Iterator[ForwardMsg]:
        deadline = time.monotonic() + RUN_SECONDS
        while time.monotonic() < deadline:
            answer = ForwardMsg()
            answer.ParseFromString(self.socket.recv(timeout=RUN_SECONDS, decode=False))
            yield answer
            if answer.WhichOneof("type") == kind:
                return
        raise AssertionError(f"no {kind} comes")


@contextmanager
def visit(client: httpx2.Client, **headers: str) -> Iterator[Visit]:
    """A visit of whoever holds the client's cookies."""
    client.get("/_stcore/health")  # sets the XSRF cookie
    origin = str(client.base_url).rstrip("/")
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in client.cookies.jar)
    token = client.cookies.get("_streamlit_xsrf") or "-"
    with connect(
        f"{origin.replace('http', 'ws', 1)}/_stcore/stream",
        origin=Origin(headers.pop("origin", origin)),
        additional_headers={"cookie": cookies, **headers},
        subprotocols=[Subprotocol("streamlit"), Subprotocol(token)],
        max_size=None,
        open_timeout=30,
    ) as socket:
        yield Visit(socket)


def pages(messages: list[ForwardMsg]) -> list[str]:
    """The addresses in the menu of a run."""
    [navigation] = [message.navigation for message in messages if message.HasField("navigation")][-1:]
    return [page.url_pathname for page in navigation.app_pages]


def text(messages: list[ForwardMsg]) -> str:
    """Everything that the messages say."""
    return "\n".join(str(message.delta) for message in messages if message.HasField("delta"))
