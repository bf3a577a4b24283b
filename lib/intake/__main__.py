"""The way in from a terminal or a timer: `python -m lib.intake check FILE`, publish, history, rollback, template.

Works on the folder data, or the one that BUREAU_DATA names. Exit code 0; 1 with one line per problem; 2 where the
command itself cannot be understood.
"""

import argparse
import contextlib
import datetime
import json
import os
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from data import build
from lib import export
from lib.intake import check, compare, history, limits, publish, read, standing, workbook
from lib.intake.check import Verdict
from lib.intake.draft import Draft, IntakeError, Problem
from lib.intake.history import Entry
from lib.intake.standing import Standing

PROBLEMS, UNUSABLE = 1, 2
# Confirms everything unlikely; a difference always wants a note of its own.
ALL = "all"


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one Korean sentence."""

    def error(self, message: str) -> NoReturn:
        print(f"명령을 읽을 수 없습니다({message}). --help를 붙이면 쓰는 법을 봅니다.", file=sys.stderr)
        sys.exit(UNUSABLE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code."""
    wanted = _parser().parse_args(arguments)
    folder = Path(os.environ.get("BUREAU_DATA", build.SQL))
    try:
        return int(wanted.run(wanted, folder))
    except IntakeError as refused:
        return _refused(refused.problems, wanted.json)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m lib.intake", description="보고서와 자료를 검사하고 게시합니다.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    shared = _Parser(add_help=False)
    shared.add_argument("--json", action="store_true", help="결과를 JSON으로")
    files = _Parser(add_help=False)
    files.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="보고서(.hwpx, .txt), 자료(.xlsx, .csv)"
    )
    files.add_argument(
        "--accept",
        action="append",
        default=[],
        type=_accepted,
        metavar="KEY=NOTE",
        help=f"검사에서 물은 것을 사유와 함께 확인. {ALL}=사유: 어긋난 검산을 뺀 모두",
    )
    signed = _Parser(add_help=False)
    signed.add_argument("--by", required=True, help="게시하는 사람")
    signed.add_argument("--reason", required=True, help="사유")

    command = commands.add_parser("check", parents=[shared, files], help="읽어서 검사만 하기")
    command.set_defaults(run=_check)
    command = commands.add_parser("publish", parents=[shared, files, signed], help="검사하고 게시하기")
    command.set_defaults(run=_publish)
    command = commands.add_parser("history", parents=[shared], help="게시 이력")
    command.set_defaults(run=_history)
    command = commands.add_parser("rollback", parents=[shared, signed], help="되돌리기")
    command.add_argument("to", type=_state, metavar="AS-OF", help="기준일(2023-03-31) 또는 이력의 번호")
    command.set_defaults(run=_rollback)
    command = commands.add_parser("template", parents=[shared], help="게시된 자료로 채운 통합 문서")
    command.add_argument("--out", required=True, type=Path, help="만들 파일(.xlsx)")
    command.add_argument("--as-of", type=_day, help="기준일. 없으면 가장 최근")
    command.set_defaults(run=_template)
    return parser


def _accepted(text: str) -> tuple[str, str]:
    key, equals, note = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError("KEY=사유 꼴이어야 합니다")
    return key.strip(), note.strip()


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _state(text: str) -> int | datetime.date:
    return int(text) if text.isdigit() else _day(text)


# commands -----------------------------------------------------------------------------------------


def _check(wanted: argparse.Namespace, folder: Path) -> int:
    stands = standing.of(folder)
    draft = _draft(_contents(wanted.files), stands)
    verdict = check.examined(draft, stands)
    asked = verdict.open(_notes(wanted.accept, verdict))
    if wanted.json:
        _print_json(_report(draft, verdict, stands))
    else:
        _print_report(draft, verdict, stands)
    return PROBLEMS if verdict.problems or asked else 0


def _publish(wanted: argparse.Namespace, folder: Path) -> int:
    publish.recover(folder)
    stands = standing.of(folder)
    files = _contents(wanted.files)
    draft = _draft(files, stands)
    accepted = dict(wanted.accept)
    if ALL in accepted:
        accepted = _notes(wanted.accept, check.examined(draft, stands))
    entry = publish.publish(
        draft, folder, wanted.by, wanted.reason, files, accepted, stands.state, _progress(wanted.json)
    )
    return _done(entry, wanted.json)


def _history(wanted: argparse.Namespace, folder: Path) -> int:
    found = history.entries(folder)
    if wanted.json:
        _print_json({"entries": [entry.record for entry in found]})
    for entry in found if not wanted.json else []:
        print(_line(entry))
    return 0


def _rollback(wanted: argparse.Namespace, folder: Path) -> int:
    entry = publish.rollback(folder, wanted.to, wanted.by, wanted.reason, step=_progress(wanted.json))
    return _done(entry, wanted.json)


def _template(wanted: argparse.Namespace, folder: Path) -> int:
    content = workbook.template(standing.of(folder), wanted.as_of)
    try:
        with export.replacing(wanted.out) as file:
            file.write(content)
    except OSError as fault:
        found = f"파일을 쓸 수 없습니다({fault.strerror})."
        raise IntakeError(
            [Problem(str(wanted.out), "", None, "", found, "다른 곳을 지정해 주십시오.")]
        ) from fault
    if wanted.json:
        _print_json({"file": str(wanted.out), "bytes": len(content)})
    return 0


# files ----------------------------------------------------------------------------------------------


def _contents(files: list[Path]) -> list[tuple[str, bytes]]:
    """Names and contents. Raises IntakeError for what cannot be read or is larger than any file that is taken."""
    found, problems = [], []
    for path in files:
        try:
            if path.stat().st_size > limits.FILE_BYTES:
                most = f"{limits.FILE_BYTES // limits.MEGABYTE}MB까지 올릴 수 있습니다."
                problems.append(Problem(path.name, "", None, "", "파일이 너무 큽니다.", most))
                continue
            found.append((path.name, path.read_bytes()))
        except OSError as fault:
            reason = f"파일을 읽을 수 없습니다({fault.strerror})."
            problems.append(Problem(str(path), "", None, "", reason, "경로와 권한을 확인해 주십시오."))
    if problems:
        raise IntakeError(problems)
    return found


def _draft(files: list[tuple[str, bytes]], stands: Standing) -> Draft:
    return standing.completed(read.drafts(files, stands), stands)


def _notes(accepted: list[tuple[str, str]], verdict: Verdict) -> dict[str, str]:
    """Notes by key, with `all` spelt out for what is unlikely."""
    notes = dict(accepted)
    if ALL in notes:
        note = notes.pop(ALL)
        notes = {found.key: note for found in verdict.unlikely} | notes
    return notes


# what is said -------------------------------------------------------------------------------------------


def _report(draft: Draft, verdict: Verdict, stands: Standing) -> dict[str, Any]:
    return {
        "problems": [problem._asdict() for problem in verdict.problems],
        "differences": [found._asdict() for found in verdict.differences],
        "unlikely": [found._asdict() for found in verdict.unlikely],
        "resolved": [found._asdict() for found in verdict.resolved],
        "missing": [found._asdict() for found in draft.missing],
        "candidates": [
            {"table": found.table, "sentence": found.sentence, "place": found.place}
            for found in draft.candidates
        ],
        "changes": [count._asdict() for count in compare.counts(compare.changes(draft, stands))],
    }


def _print_report(draft: Draft, verdict: Verdict, stands: Standing) -> None:
    for problem in verdict.problems:
        print(problem.sentence, file=sys.stderr)
    for difference in verdict.differences:
        suggestion = f" (앞 판의 사유: {difference.suggestion})" if difference.suggestion else ""
        print(f"[{difference.key}] 검산이 맞지 않습니다. {difference.sentence}{suggestion}", file=sys.stderr)
    for question in verdict.unlikely:
        print(f"[{question.key}] 확인이 필요합니다. {question.sentence}", file=sys.stderr)
    for solved in verdict.resolved:
        print(f"이제 맞는 검산이므로 사유를 지웁니다. {solved.subject} – {solved.check_name}")
    for missing in draft.missing:
        print(missing.what)
    for candidate in draft.candidates:
        print(f"문장에서 찾은 후보({candidate.place}): {candidate.sentence}")
    for count in compare.counts(compare.changes(draft, stands)):
        print(count.sentence)


def _line(entry: Entry) -> str:
    parts = [
        f"{entry.number}",
        entry.at.astimezone().strftime("%Y-%m-%d %H:%M"),
        history.KINDS[entry.kind],
        entry.by,
        entry.reason,
        ", ".join(f"{file.name}({file.sha256[:12]})" for file in entry.files),
        "; ".join(count.sentence for count in entry.changes),
    ]
    return " | ".join(part for part in parts if part)


def _done(entry: Entry, as_json: bool) -> int:
    if as_json:
        _print_json({"entry": entry.record})
    else:
        print(_line(entry))
    return 0


def _refused(problems: list[Problem], as_json: bool) -> int:
    if as_json:
        _print_json({"problems": [problem._asdict() for problem in problems]})
    else:
        for problem in problems:
            print(problem.sentence, file=sys.stderr)
    return PROBLEMS


def _print_json(answer: dict[str, Any]) -> None:
    print(json.dumps(answer, ensure_ascii=False, default=_plain))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _progress(as_json: bool) -> publish.Step:
    return publish.silent if as_json else lambda name, share: print(f"{share:4.0%} {name}", file=sys.stderr)


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        sys.exit(main())
