"""The font of the documents, made once out of a package: `python -m lib.briefing.font`.

It is Noto Sans KR (SIL Open Font License 1.1) with TrueType outlines. From its sister with outlines in CFF, typst
embeds a program that is right, but whose FontMatrix the validator of the tests misreads: it takes all widths for 0
and refuses the file for ISO 14289-1, 7.21.5. The package has the font in variable weight, and pictures inside a PDF
would be set in its lightest: so this is that font at the weight REGULAR, the same to the byte on every machine.
"""

import contextlib
import functools
import sys
import unicodedata
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from lib import export

PACKAGE, SOURCE = "justmytype-intl-cjk", "NotoSansKR[wght].ttf"
REGULAR = 400
FILE = Path(__file__).resolve().parents[2] / ".cache" / "font" / "NotoSansKR-Regular.ttf"
UNSEEN = ("Cc", "Cf", "Cs")
SELECTORS = [chr(code) for code in range(0xFE00, 0xFE10)]  # of another look of the letter before
KNOWN = "\n\t\r\u2060"  # to typst, without a glyph
GAP = "□"  # in place of a letter that the font lacks, as in Korean print
COMMAND = "python -m lib.briefing.font"


class Unavailable(Exception):
    """The font is not there and cannot be made. The text says why, and what to do."""


def folder() -> Path:
    """The folder of the font and of no other, made in some ten seconds where it is missing. Raises Unavailable."""
    if not FILE.exists():
        make()
    return FILE.parent


def gaps(text: str) -> dict[int, str]:
    """For str.translate: what a text has and the font has not. Signs that are not seen go, others become GAP."""
    return {
        ord(letter): "" if unicodedata.category(letter) in UNSEEN or letter in SELECTORS else GAP
        for letter in set(text)
        if ord(letter) not in _letters() and letter not in KNOWN
    }


@functools.cache
def _letters() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    folder()
    with TTFont(FILE, lazy=True) as font:
        return frozenset(font.getBestCmap())


def make() -> None:
    """Make the font, in place of the one that may be there. Raises Unavailable."""
    try:
        # Only here: they take time to import, and once the font is there nobody needs them.
        from fontTools.ttLib import TTFont
        from fontTools.varLib.instancer import instantiateVariableFont

        FILE.parent.mkdir(parents=True, exist_ok=True)
        with export.replacing(FILE) as file, TTFont(_source(), recalcTimestamp=False) as font:
            instantiateVariableFont(font, {"wght": REGULAR}, inplace=True, updateFontNames=True)
            font.save(file)
    except (OSError, ImportError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else fault
        raise Unavailable(
            f"문서의 글꼴을 만들 수 없습니다({reason}). 서버의 프로젝트 폴더에서 그 폴더에 쓸 수 있는 사용자가 "
            f"‘{COMMAND}’ 명령을 실행하면 만들어집니다."
        ) from fault


def _source() -> Path:
    """The font in variable weight, out of its package."""
    with contextlib.suppress(PackageNotFoundError, StopIteration):
        package = distribution(PACKAGE)
        file = next(file for file in package.files or [] if file.name == SOURCE)
        return Path(str(package.locate_file(file)))
    raise ImportError(f"requirements.txt의 {PACKAGE} 꾸러미에 {SOURCE} 파일이 없음")


if __name__ == "__main__":
    try:
        make()
    except Unavailable as fault:
        sys.exit(str(fault))
