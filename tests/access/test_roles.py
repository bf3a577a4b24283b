"""Roles: what each person's menu holds, and that nothing else is reached by another way."""

import urllib.parse
from collections.abc import Iterator

import httpx2
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from lib import menu
from lib.access import roles, settings
from tests.access import visitor
from tests.access.conftest import SignedServer
from tests.access.visitor import Person, Visit

HELD = {
    "reader-1": {"viewer"},
    "presenter-1": {"viewer", "presenter"},
    "hr-1": {"viewer", "hr"},
    "editor-1": {"viewer", "editor"},
    "filed-1": {"viewer", "presenter", "hr"},
}


@pytest.fixture
def reader(signed: SignedServer) -> Iterator[Person]:
    with visitor.person(signed.origin, "reader-1") as person:
        yield person


@pytest.mark.parametrize("subject", HELD)
def test_the_menu_holds_what_somebody_may_open(signed: SignedServer, subject: str) -> None:
    """A page in the menu of somebody who may not open it, or a role of claim or file that is lost."""
    wanted = [entry.path for entry in menu.PAGES if roles.opens(HELD[subject], entry.path)]
    with visitor.person(signed.origin, subject) as person, visitor.visit(person) as visit:
        assert visitor.pages(visit.run()) == wanted
    [line] = [line for line in signed.audited() if line["event"] == "sign_in"][-1:]
    assert set(str(line["roles"]).split(",")) == HELD[subject]


def test_a_page_of_others_is_not_reached_by_link(signed: SignedServer, reader: Person) -> None:
    """A link that opens what the menu hides, or an English dialog in place of a sentence."""
    answer = reader.get("/council-briefing?unit=1")
    assert answer.status_code == 403 and "‘의회 보고’ 화면을 볼 권한이 없는 계정입니다" in answer.text
    assert reader.get("/data-desk").status_code == 403
    refused = [line for line in signed.audited() if line["event"] == "refusal"]
    assert {line.get("page") for line in refused} >= {"council-briefing", "data-desk"}
    with visitor.visit(reader) as visit:
        messages = visit.run("council-briefing")
        assert menu.entry("council-briefing").title not in visitor.text(messages)
        assert menu.entry("council-briefing").help not in visitor.text(messages)


def test_a_page_of_others_is_not_reached_by_its_hash(signed: SignedServer, reader: Person) -> None:
    """A visit that names another page's script, as a browser never would, and gets it."""
    with visitor.person(signed.origin, "presenter-1") as presenter, visitor.visit(presenter) as visit:
        messages = visit.run("council-briefing")
        [navigation] = [message.navigation for message in messages if message.HasField("navigation")][-1:]
        [page] = [page for page in navigation.app_pages if page.url_pathname == "council-briefing"]
        assert "발표 화면 열기" in visitor.text(messages)
    with visitor.visit(reader) as visit:
        messages = visit.run("council-briefing", page_script_hash=page.page_script_hash)
        assert "발표 화면 열기" not in visitor.text(messages)


@pytest.mark.parametrize("path", ["/slides", "/slides%0A", "/slides/"])
def test_slides_are_for_presenters(signed: SignedServer, reader: Person, path: str) -> None:
    """The slides of the council for whoever types their address."""
    answer = reader.get(f"{path}?sections=organisation")
    assert 'class="slide' not in answer.text
    with visitor.person(signed.origin, "presenter-1") as presenter:
        assert 'class="slide' in presenter.get("/slides?sections=organisation").text


def test_a_file_is_for_the_sign_in_that_was_told_of_it(signed: SignedServer, reader: Person) -> None:
    """A presenter's download for everyone who gets hold of its address; or one's own download refused."""
    with visitor.person(signed.origin, "presenter-1") as presenter, visitor.visit(presenter) as visit:
        address = downloaded(visit)
        assert presenter.get(address).status_code == 200
        assert reader.get(address).status_code == 404
        assert httpx2.get(signed.origin + address).status_code == 401


def downloaded(visit: Visit) -> str:
    """The address of the first file that the page of the organisation offers, made on request as in a browser."""
    messages = visit.run("org-chart")
    [button] = [
        message.delta.new_element.download_button
        for message in messages
        if message.HasField("delta") and message.delta.new_element.HasField("download_button")
    ][:1]
    request = BackMsg()
    [session] = [
        message.new_session.initialize.session_id for message in messages if message.HasField("new_session")
    ]
    request.backend_operation_request.request_id = "1"
    request.backend_operation_request.session_id = session
    request.backend_operation_request.deferred_file.file_id = button.deferred_file_id
    answer = visit.answer(request, "backend_operation_response")
    assert not answer.error_msg
    return str(answer.deferred_file.url)


def upload(person: Person, visit: Visit, name: str, content: bytes) -> httpx2.Response:
    """Send a file as Streamlit's page does: ask for an address, which `visit.urls` keeps, then put it there."""
    request = BackMsg()
    request.file_urls_request.request_id = "1"
    request.file_urls_request.file_names.append(name)
    [visit.urls] = visit.answer(request, "file_urls_response").file_urls
    headers = {"x-xsrftoken": person.cookies["_streamlit_xsrf"]}
    return person.put(visit.urls.upload_url, files={"file": (name, content)}, headers=headers)


def hand_in(person: Person, visit: Visit, page: str, box: str, name: str, content: bytes) -> list[ForwardMsg]:
    """Put a file into the box of a page whose label begins so; what the page then shows."""
    boxes = [
        message.delta.new_element.file_uploader
        for message in visit.run(page)
        if message.HasField("delta") and message.delta.new_element.HasField("file_uploader")
    ]
    [found] = [one for one in boxes if one.label.startswith(box)]
    assert upload(person, visit, name, content).status_code == 204
    state = BackMsg()
    state.rerun_script.page_name = page
    widget = state.rerun_script.widget_states.widgets.add(id=found.id)
    files = widget.file_uploader_state_value.uploaded_file_info
    files.add(file_id=visit.urls.file_id, name=name, size=len(content)).file_urls.CopyFrom(visit.urls)
    return visit.send(state)


def test_uploads_are_shown_and_taken_for_hr_alone(signed: SignedServer, reader: Person) -> None:
    """A box for files on the screen of somebody who may not use it; or a file taken although there is no box."""
    with visitor.visit(reader) as visit:
        told = visitor.text(visit.run("evaluation-simulator"))
        assert "file_uploader" not in told and "인사 담당 권한이 있는 사람만" in told
        assert "take_pasted" not in told
        assert "file_uploader" not in visitor.text(visit.run("flexible-work", "view=자체 집계"))
        assert upload(reader, visit, "units.csv", b"a,b\n1,2\n").status_code == 403
    with visitor.person(signed.origin, "hr-1") as hr, visitor.visit(hr) as visit:
        assert "file_uploader" in visitor.text(visit.run("evaluation-simulator"))
        assert "file_uploader" in visitor.text(visit.run("flexible-work", "view=자체 집계"))
        assert upload(hr, visit, "units.csv", b"a,b\n1,2\n").status_code == 204


def test_nobody_uploads_into_the_visit_of_another(signed: SignedServer) -> None:
    """A table slipped into somebody else's simulator."""
    with (
        visitor.person(signed.origin, "hr-1") as hr,
        visitor.person(signed.origin, "filed-1") as other,
        visitor.visit(hr) as visit,
    ):
        visit.run("evaluation-simulator")
        assert upload(hr, visit, "units.csv", b"a,b\n1,2\n").status_code == 204
        other.get("/_stcore/health")
        headers = {"x-xsrftoken": other.cookies["_streamlit_xsrf"]}
        address = visit.urls.upload_url
        assert other.put(address, files={"file": ("x.csv", b"1")}, headers=headers).status_code == 404
        assert other.delete(address, headers=headers).status_code == 404


def test_an_upload_is_audited_by_name_and_size(signed: SignedServer) -> None:
    """An upload that leaves no trace, or one whose content stands in a log."""
    name, content = "직급별_정원_시험.csv", "단위,직급,평정대상 인원,확정된 가\n비밀과,6급,12,0\n".encode()
    with visitor.person(signed.origin, "hr-1") as hr, visitor.visit(hr) as visit:
        assert "비밀과" in str(hand_in(hr, visit, "evaluation-simulator", "단위표", name, content))
    lines = [line for line in signed.audited() if line["event"] == "upload"]
    assert [(line["name"], line["bytes"], line["page"]) for line in lines] == [
        (name, len(content), "unit_file")
    ]
    written = "".join(
        file.read_text("utf-8") for file in signed.folder.glob("audit-*")
    ) + signed.log.read_text("utf-8")
    assert "비밀과" not in written
    assert name not in signed.log.read_text("utf-8")


def test_a_role_that_is_taken_away_is_gone_with_the_next_click(signed: SignedServer) -> None:
    """Somebody who has changed office goes on reading until they sign out."""
    before = signed.access.read_text("utf-8")
    with visitor.person(signed.origin, "filed-1") as person, visitor.visit(person) as visit:
        assert "council-briefing" in visitor.pages(visit.run())
        try:
            signed.access.write_text(before.replace('presenter = ["filed-1"]', ""), "utf-8")
            assert "council-briefing" not in visitor.pages(visit.run())
            assert person.get("/slides").status_code == 403
            signed.access.write_text('[roles]\nunknown = "refused"\n', "utf-8")
            with visitor.Person(
                base_url=signed.origin, follow_redirects=True, headers=visitor.HTML
            ) as stranger:
                landed = stranger.sign_in("reader-1")
                assert landed.status_code == 403 and "들어올 수 없는 계정입니다" in landed.text
                assert stranger.get("/session").status_code == 401
        finally:
            signed.access.write_text(before, "utf-8")


def test_every_page_and_role_of_the_register_exists() -> None:
    """A page that was renamed and is open to everyone since; the data desk is named before it is built."""
    assert set(roles.PAGES) <= {*menu.paths(), "data-desk"}
    assert set(roles.PAGES.values()) | set(roles.FUNCTIONS.values()) <= roles.ALL


@pytest.mark.parametrize(
    "wrong",
    [
        "[roles]\nunknown = 'maybe'",
        "[roles.people]\nboss = ['a']",
        "[roles]\nclaims = 'x'",
        "[session]\nidle_minutes = 0",
        "[session]\nidle_minutes = true",
        "[network]\ntrusted_roles = ['root']",
        "[else]\nx = 1",
        "[roles",
    ],
)
def test_settings_that_cannot_be_meant_are_refused(wrong: str) -> None:
    """A word typed wrongly that silently gives rights, or takes none away."""
    with pytest.raises(ValueError):
        settings.read(wrong)


def test_the_example_is_what_the_program_does_without_a_file() -> None:
    """An example that cannot be used, or that changes what it only means to show."""
    example = settings.ROOT / ".streamlit" / "access.example.toml"
    assert settings.read(example.read_text("utf-8")) == settings.Settings()


def test_links_of_pages_name_no_page_of_others(reader: Person) -> None:
    """A viewer's page with a link or a search hit that ends at a refusal."""
    with visitor.visit(reader) as visit:
        for entry in menu.PAGES:
            if roles.opens({"viewer"}, entry.path):
                told = visitor.text(visit.run(entry.path))
                assert "council-briefing" not in urllib.parse.unquote(told), entry.path
                assert "의회 보고에 담기" not in told, entry.path
