"""The audit log as a file: who may read it, when it is set aside, what does not stand in it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from lib.access import audit, identity, settings

ISSUER = "https://sso.example"
CLAIMS: dict[str, object] = {"iss": ISSUER, "sub": "20230331", "name": "홍길동", "nonce": "n", "iat": 1}


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """An open audit log."""
    file = tmp_path / "log" / "audit.jsonl"
    audit.open_file(file)
    yield file
    audit.close()


def lines(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_events_are_lines_of_json_that_their_owner_alone_reads(log: Path) -> None:
    """A log that nobody can search, or that everybody on the machine can."""
    audit.publication("a1", "2023-03-31", "report")
    audit.upload("a1", "counts", "집계\n{}.xlsx", 12)
    first, second = lines(log)
    assert (first["event"], first["account"], first["edition"]) == ("publication", "a1", "2023-03-31")
    assert (second["name"], second["bytes"]) == ("집계\n{}.xlsx", 12)
    assert str(first["time"]).endswith("+09:00")
    assert log.stat().st_mode & 0o077 == 0 and log.parent.stat().st_mode & 0o077 == 0


def test_a_full_log_is_set_aside_and_the_oldest_dropped(log: Path) -> None:
    """A log that fills the disk, or loses the last lines when it is set aside."""
    audit.open_file(log, size=2000, files=3)
    for number in range(100):
        audit.record("refusal", "a1", number=number)
    files = sorted(log.parent.iterdir())
    assert [file.name for file in files] == ["audit.jsonl", "audit.jsonl.1", "audit.jsonl.2", "audit.jsonl.3"]
    assert all(file.stat().st_size <= 2000 and file.stat().st_mode & 0o077 == 0 for file in files)
    numbers = [line["number"] for file in reversed(files) for line in lines(file)]
    assert numbers == list(range(100 - len(numbers), 100))


def test_nothing_is_written_where_no_server_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test or a notebook that leaves a log in the project."""
    monkeypatch.setenv("BUREAU_LOG", str(tmp_path / "log"))
    audit.close()
    audit.record("refusal", "a1")
    assert not (tmp_path / "log").exists()


def test_names_of_files_stay_out_where_the_bureau_wants_it_so(
    log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is named for a person puts that person into the log."""
    file = tmp_path / "access.toml"
    file.write_text("[audit]\nfile_names = false\n")
    monkeypatch.setenv("BUREAU_ACCESS", str(file))
    audit.upload("a1", "people_file", "홍길동_평정.xlsx", 5)
    audit.upload("a1", "people_file", "x" * 500 + ".csv", 5)
    assert [line["name"] for line in lines(log)] == ["*.xlsx", "*.csv"]


def test_a_pseudonym_is_the_same_for_a_person_and_leads_to_nobody() -> None:
    """An account that is told apart by its sign-ins, or that can be guessed without the secret."""
    key = "k" * 32
    again = {**CLAIMS, "nonce": "other", "iat": 2}
    assert (
        identity.account(CLAIMS, key)
        == identity.account(again, key)
        == identity.pseudonym(ISSUER, "20230331", key)
    )
    assert identity.sign_in(CLAIMS) != identity.sign_in(again)
    assert identity.account(CLAIMS, key) != identity.account(CLAIMS, "z" * 32)
    assert identity.account(CLAIMS, key) != identity.account({**CLAIMS, "iss": "https://other.example"}, key)
    assert "20230331" not in identity.account(CLAIMS, key) and len(identity.account(CLAIMS, key)) == 16


@pytest.mark.parametrize(
    ("text", "claims", "held"),
    [
        ("", {}, {"viewer"}),
        ("", {"roles": ["hr", "root", 7]}, {"viewer", "hr"}),
        ("", {"roles": "hr editor"}, {"viewer", "hr", "editor"}),
        ("", {"roles": {"hr": True}}, {"viewer"}),
        ("claim = 'realm_access.roles'", {"realm_access": {"roles": ["presenter"]}}, {"viewer", "presenter"}),
        ("claim = 'https://x.kr/roles'", {"https://x.kr/roles": ["hr"]}, {"viewer", "hr"}),
        ("names = { '인사 담당' = 'hr' }", {"roles": ["인사 담당"]}, {"viewer", "hr"}),
        ("people = { editor = ['20230331'] }", {"roles": ["hr"]}, {"viewer", "hr", "editor"}),
        (
            "account = 'email'\npeople = { hr = ['a@b'] }",
            {"email": "a@b", "email_verified": True},
            {"viewer", "hr"},
        ),
        ("account = 'email'\npeople = { hr = ['a@b'] }", {"email": "a@b"}, {"viewer"}),
        (
            "account = 'email'\npeople = { hr = ['a@b'] }",
            {"email": "a@b", "email_verified": "true"},
            {"viewer"},
        ),
        ("unknown = 'refused'", {}, None),
        ("unknown = 'refused'", {"roles": "viewer"}, {"viewer"}),
        ("people = { hr = [''] }\naccount = 'none'", {}, {"viewer"}),
    ],
)
def test_roles_are_those_of_claim_and_file_together(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    claims: dict[str, object],
    held: set[str] | None,
) -> None:
    """A claim of another shape that gives a right, or loses one; an address that anybody may write as theirs."""
    file = tmp_path / "access.toml"
    file.write_text(f"[roles]\n{text}\n", "utf-8")
    monkeypatch.setenv("BUREAU_ACCESS", str(file))
    found = identity.person({**CLAIMS, **claims}, "k" * 32)
    assert (set(found.roles) if found else None) == held


def test_a_file_that_was_spoiled_leaves_the_rights_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A slip while the file is edited gives everyone every right, or shuts out the whole bureau."""
    file = tmp_path / "access.toml"
    monkeypatch.setenv("BUREAU_ACCESS", str(file))
    file.write_text("[session]\nidle_minutes = 7\n")
    assert settings.current().idle == 420
    file.write_text("[session\n")
    assert settings.current().idle == 420
    assert "stay in force" in caplog.text
    file.write_text("[session]\nidle_minutes = 8\n")
    assert settings.current().idle == 480
