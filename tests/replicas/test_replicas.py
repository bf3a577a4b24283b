"""What three replicas behind nginx have to do together."""

import asyncio
import contextlib
import os
import re
import shutil
import ssl
import warnings
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from websockets.exceptions import ConnectionClosed

from data import build
from tests.access.visitor import HTML, Person
from tests.load import visit
from tests.load.conftest import spend
from tests.replicas.replica import Replicas

COOKIE = "bureau_replica"
VISITORS = 9
STATES = (
    ("budget-execution", "view=증감&unit=천원"),
    ("renovation-timeline", "view=가정해 보기"),
    ("org-chart", "department=인사과"),
)


@pytest.fixture
def person(group: Replicas) -> Iterator[Person]:
    """Somebody who has signed in, over TLS."""
    with Person(
        base_url=group.proxy.origin,
        follow_redirects=True,
        timeout=60,
        headers=HTML,
        verify=group.proxy.context,
    ) as client:
        client.sign_in("reader-1")
        client.get("/_stcore/health")  # sets the cookie against forged requests
        yield client


def headers(person: Person, replica: str | None = None) -> dict[str, str]:
    """The cookies of a browser, with that of another replica if one is named."""
    cookies = {
        cookie.name: str(cookie.value)
        for cookie in person.cookies.jar
        if cookie.domain.startswith("localhost")
    }
    if replica:
        cookies[COOKIE] = replica
    return {"cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}


def visiting(
    group: Replicas, person: Person, replica: str | None = None
) -> contextlib.AbstractAsyncContextManager[visit.Visit]:
    """A visit of somebody through nginx."""
    token = person.cookies.get("_streamlit_xsrf")
    return visit.visiting(group.proxy.origin, headers(person, replica), group.proxy.context, token)


def answered_by(reader: visit.Visit) -> str:
    """The replica that has taken the visit's connection, by the cookie that came with it."""
    response = reader.socket.response
    assert response is not None
    set_cookies = " ".join(response.headers.get_all("set-cookie"))
    return "".join(re.findall(rf"{COOKIE}=(\d+);", set_cookies))


def test_sign_in_holds_on_every_replica(group: Replicas, person: Person) -> None:
    """A cookie that only the replica which set it can read: everyone signs in again when one goes down."""

    async def names() -> list[str]:
        found = []
        for replica in group.names:
            async with visiting(group, person, replica) as reader:
                found.append((await reader.open("org-chart")).text())
        return found

    for text in asyncio.run(names()):
        assert "이열람" in text


def test_a_browser_stays_with_its_replica(group: Replicas, person: Person) -> None:
    """An upload or a download that reaches a replica which has never heard of the visit."""
    chosen = person.cookies[COOKIE]
    assert chosen in group.names

    async def answering() -> list[str]:
        found = []
        for replica in (chosen, *group.names):
            async with visiting(group, person, replica) as reader:
                found.append(answered_by(reader) or replica)
        return found

    assert asyncio.run(answering()) == [chosen, *group.names]


def test_publishing_on_one_shows_on_all(
    group: Replicas, person: Person, bureau: Path, tmp_path: Path
) -> None:
    """A replica that goes on showing the old figures, so that two people quote different ones."""
    later = Path(shutil.copytree(bureau, tmp_path / "later"))
    spend(next(later.glob("report/*/budget_line.csv")))
    build.build(later)

    async def drawn() -> list[dict[tuple[int, ...], str]]:
        found = []
        for replica in group.names:
            async with visiting(group, person, replica) as reader:
                found.append((await reader.open("budget-execution")).drawn())
        return found

    before = asyncio.run(drawn())
    os.replace(later / "bureau.duckdb", group.data / "bureau.duckdb")
    after = asyncio.run(drawn())
    shutil.copyfile(bureau / "bureau.duckdb", group.data / "beside")
    os.replace(group.data / "beside", group.data / "bureau.duckdb")
    assert before[0] == before[1] == before[2]
    assert after[0] == after[1] == after[2] != before[0]


async def reader_of(
    group: Replicas, person: Person, replica: str, number: int, ready: asyncio.Barrier
) -> tuple[bool, bool]:
    """Reads a page with a state until its connection breaks, and goes on as a browser does: whether
    the connection broke, and whether the page is the same afterwards.
    """
    page, query = STATES[number % len(STATES)]
    async with visiting(group, person, replica) as reader:
        before = await reader.open(page, query)
        await ready.wait()
        try:
            for _ in range(1000):
                await reader.run()
        except (ConnectionClosed, OSError):
            async with visiting(group, person, replica) as again:
                return True, (await again.open(page, query)).drawn() == before.drawn()
        return False, True


def test_a_replica_that_dies_under_load_loses_nobody(group: Replicas, person: Person) -> None:
    """People who get an error page, or a page without what they had chosen, because one process has ended."""
    victim, *others = group.names

    async def seen() -> list[tuple[bool, bool]]:
        ready = asyncio.Barrier(VISITORS + 1)
        readers = [
            asyncio.create_task(reader_of(group, person, victim, number, ready)) for number in range(VISITORS)
        ]
        async with visiting(group, person, others[0]) as beside:
            await beside.open("org-chart")
            await ready.wait()
            await asyncio.to_thread(group.kill, victim)
            assert not (await beside.open("budget-execution")).has_failed
        return await asyncio.gather(*readers)

    assert asyncio.run(seen()) == [(True, True)] * VISITORS
    assert person.get("/org-chart").status_code == 200


def test_only_tls(group: Replicas) -> None:
    """A password or a cookie that travels in the clear, or by a version of TLS that is broken."""
    answer = httpx2.get(f"{group.proxy.plain}/org-chart?unit=천원", follow_redirects=False)
    assert answer.status_code == 301
    assert answer.headers["location"].startswith(f"{group.proxy.origin}/org-chart?unit=")
    old = ssl.create_default_context(cafile=group.proxy.certificate)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        old.maximum_version = ssl.TLSVersion.TLSv1_1
    with pytest.raises(httpx2.ConnectError):
        httpx2.get(group.proxy.origin, verify=old)


def test_headers_come_through(group: Replicas, person: Person) -> None:
    """A proxy that drops what protects people, or sends it twice; a cookie that a script could read."""
    answer = person.get("/org-chart")
    for name in ("content-security-policy", "x-content-type-options", "strict-transport-security"):
        assert len(answer.headers.get_list(name)) == 1, name
    assert "nginx/" not in answer.headers["server"]
    fresh = httpx2.get(f"{group.proxy.origin}/sign-in", verify=group.proxy.context)
    [cookie] = [one for one in fresh.headers.get_list("set-cookie") if one.startswith(COOKIE)]
    assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))


def test_scripts_are_cached_and_small(group: Replicas, person: Person) -> None:
    """Megabytes of scripts that every visitor fetches from Python, uncompressed, at every visit."""
    [script, *_] = re.findall(
        r'src="\./(static/js/index\.[^"]+\.js)"', person.get("/sign-in").text + person.get("/").text
    )
    first, second = (person.get(f"/{script}") for _ in range(2))
    assert second.headers["x-cache-status"] == "HIT"
    assert second.headers["content-encoding"] == "gzip"
    assert "immutable" in second.headers["cache-control"]
    assert first.content == second.content
    assert "set-cookie" not in second.headers


def test_what_is_not_for_people_is_closed(group: Replicas, person: Person) -> None:
    """How busy the server is, or a way in for programs, open to whoever finds the proxy."""
    for path in ("/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/script-health-check"):
        assert person.get(path).status_code == 404, path


def test_too_large_a_file_is_refused_in_words(group: Replicas, person: Person) -> None:
    """A file beyond the limit that fills the server, or ends in an English error."""
    size = 102 * 1024 * 1024
    told = person.put("/_stcore/upload_file/x/y", content=bytes(size))
    assert told.status_code == 413
    assert "100MB까지 올릴 수 있습니다" in told.text


def test_nobody_answers(group: Replicas, person: Person) -> None:
    """An English error of nginx, without an end, while all replicas are down."""
    for name in group.names:
        group.kill(name)
    told = person.get("/budget-execution")
    assert told.status_code == 502
    assert "잠시 이용할 수 없습니다" in told.text and 'http-equiv="refresh"' in told.text
    assert "default-src 'none'" in told.headers["content-security-policy"]
