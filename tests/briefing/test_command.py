"""`python -m lib.briefing`, as a terminal or a timer runs it."""

import io
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from lib.briefing import __main__ as command
from lib.briefing.titles import TITLES

ROOT = Path(__file__).resolve().parents[2]


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What is said where the command ends with exit code 2."""
    with pytest.raises(SystemExit) as ended:
        command.main(list(arguments))
    assert ended.value.code == 2
    said = capsys.readouterr()
    assert not said.out
    return said.err.strip()


def test_a_chosen_order_is_written(data: Path, tmp_path: Path) -> None:
    """The timer's file has other sections, or another order, than was asked for."""
    out = tmp_path / "briefing.xlsx"
    command.main(
        [
            "--format",
            "xlsx",
            "--out",
            str(out),
            "--sections",
            "revenue,expenditure",
            "organisation",
            "--unit",
            "백만원",
        ]
    )
    names = openpyxl.load_workbook(io.BytesIO(out.read_bytes())).sheetnames
    assert names[1:4] == [
        f"{n}. {TITLES[key]}" for n, key in enumerate(("revenue", "expenditure", "organisation"), 1)
    ]


def test_it_runs_from_a_terminal(data: Path, tmp_path: Path) -> None:
    """A timer's log fills with warnings, or the module cannot be run at all."""
    out = tmp_path / "briefing.html"
    arguments = ["--format", "html", "--out", str(out), "--sections", "organisation", "--without-notes"]
    ended = subprocess.run(
        [sys.executable, "-m", "lib.briefing", *arguments], cwd=ROOT, capture_output=True, text=True
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    text = out.read_text(encoding="utf-8")
    assert "361명" in text and "예상 질의</h3>" not in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--format", "xlsx", "--sections"], "하나 이상"),
        (["--format", "xlsx", "--sections", ""], "하나 이상"),
        (["--format", "xlsx", "--sections", "nothing"], "nothing"),
        (["--format", "doc"], "doc"),
        (["--format", "xlsx", "--unit", "달러"], "달러"),
        (["--format", "xlsx", "--as-of", "2020-01-01"], "2020-01-01"),
        (["--format", "xlsx", "--pace", "-1"], "-1"),
        (["--format", "xlsx", "--nothing"], "--help"),
        ([], "--help"),
    ],
)
def test_what_cannot_be_done_leaves_no_file(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    """Half a file that a timer sends on, or a trace in place of a sentence."""
    said = refused(capsys, *arguments, "--out", str(tmp_path / "out.file"))
    assert words in said and "\n" not in said
    assert list(tmp_path.iterdir()) == []


def test_an_unwritable_path(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A path that is not there, or is a folder, ends in a trace."""
    for out in (tmp_path / "nowhere" / "out.xlsx", tmp_path):
        assert str(out) in refused(
            capsys, "--format", "xlsx", "--sections", "organisation", "--out", str(out)
        )
    assert list(tmp_path.iterdir()) == []


def test_what_was_there_stays_until_all_is_written(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A failed run destroys yesterday's file."""
    out = tmp_path / "out.xlsx"
    out.write_bytes(b"yesterday")
    refused(capsys, "--format", "xlsx", "--out", str(out), "--sections", "nothing")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"yesterday"]


def test_without_a_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A missing database ends in a trace."""
    monkeypatch.setenv("BUREAU_DATA", str(tmp_path))
    assert "bureau.duckdb" in refused(capsys, "--format", "xlsx", "--out", str(tmp_path / "out.xlsx"))
