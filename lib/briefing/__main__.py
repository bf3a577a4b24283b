"""A briefing as a file, from a terminal or a timer: `python -m lib.briefing --format xlsx --out FILE`."""

import argparse
import logging
import sys
from pathlib import Path
from typing import NoReturn

UNUSABLE = 2  # the exit code of what cannot be done as asked


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one Korean sentence."""

    def error(self, message: str) -> NoReturn:
        refuse(f"명령을 읽을 수 없습니다({message}). --help를 붙이면 쓰는 법을 봅니다.")


def main(arguments: list[str] | None = None) -> None:
    """Write a briefing. What cannot be done ends with one sentence, exit code 2 and no file."""
    # Streamlit says for every cached function that no server runs here.
    logging.disable(logging.WARNING)
    from lib import db, export
    from lib.briefing import compose, font, link
    from lib.briefing.formats import FORMATS

    wanted = _parser(list(FORMATS)).parse_args(arguments)
    if wanted.format not in FORMATS:
        refuse(f"없는 형식입니다: {wanted.format}. 고를 수 있는 형식은 {', '.join(FORMATS)}입니다.")
    given = {"unit": wanted.unit, "as_of": wanted.as_of, "pace": wanted.pace}
    if wanted.sections is not None:
        given["sections"] = ",".join(wanted.sections)
    try:
        with export.replacing(wanted.out) as file:
            settings, keys = link.read(given)
            made = compose.briefing(settings, keys)
            if wanted.without_notes:
                made = compose.without_notes(made)
            file.write(FORMATS[wanted.format].write(made))
    except (ValueError, db.Unavailable, font.Unavailable) as fault:
        refuse(str(fault))
    except OSError as fault:
        refuse(f"{wanted.out}에 쓸 수 없습니다({fault.strerror}).")


def refuse(sentence: str) -> NoReturn:
    """End with a sentence."""
    print(sentence, file=sys.stderr)
    sys.exit(UNUSABLE)


def _parser(formats: list[str]) -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m lib.briefing", description="의회 보고 자료를 파일로 만듭니다.")
    parser.add_argument("--format", required=True, help=f"형식: {', '.join(formats)}")
    parser.add_argument("--out", required=True, type=Path, help="만들 파일")
    parser.add_argument(
        "--sections", nargs="*", help="실을 항목과 차례(띄어 쓰거나 쉼표로 잇기). 없으면 모두"
    )
    parser.add_argument("--unit", default="", help="금액 단위: 천원, 백만원, 억원")
    parser.add_argument("--as-of", default="", help="보고서 기준일(2023-03-31). 없으면 가장 최근")
    parser.add_argument("--pace", default="", help="연말 전망 속도(가정): 지금까지의 몇 배")
    parser.add_argument("--without-notes", action="store_true", help="발표 메모와 예상 질의를 빼고 만들기")
    return parser


if __name__ == "__main__":
    main()
