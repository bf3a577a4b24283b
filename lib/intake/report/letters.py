"""Text as converters and word processors print it, made comparable: odd spaces, dots, apostrophes, waves."""

import functools
import re
import unicodedata

# Full-width letters, figures and signs become narrow; so do the spaces, and those of no width go.
_NARROW = {0xFF01 + code: 0x21 + code for code in range(94)}
_SPACES = dict.fromkeys([0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_NOTHING = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_SAME = {
    **dict.fromkeys(map(ord, "‧・ㆍ•∙⋅･"), "·"),
    **dict.fromkeys(map(ord, "’‘`´′ʼ‛"), "'"),
    **dict.fromkeys(map(ord, "“”″"), '"'),
    **dict.fromkeys(map(ord, "∼〜˜～"), "~"),
    **dict.fromkeys(map(ord, "−–—―‐‑‒─━"), "-"),
    **dict.fromkeys(map(ord, "▲▵∆Δ"), "△"),
    ord("："): ":",
    ord("㎡"): "㎡",
}
_TABLE = {**_NARROW, **_SPACES, **_NOTHING, **_SAME}
# Signs that open an item; ᄋ is what converters make of ㅇ, and ? what an old encoding makes of any of them.
BULLETS = "□■○●◦ㅇᄋ◯‣▸▶►▪·※☞➡⇒*?\ufffd"
# Signs that a word processor draws itself: squares and numbers before headings.
_OWN_SIGN = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_NUMBERED = re.compile(r"[①-⑳➀-➓❶-❿]")
_NO_LETTER = re.compile(r"[^0-9A-Za-z가-힣]")
_FULL_WIDTH = re.compile(r"[\u1100-\u11ff\u3000-\u9fff\uac00-\ud7a3\uff01-\uff60]")
# Numbers and years of one report are short; longer text is cut before patterns look at it.
LONGEST = 2_000


@functools.lru_cache(maxsize=4_096)
def plain(text: str) -> str:
    """The text in one line, with narrow signs and single spaces."""
    composed = unicodedata.normalize("NFC", text[: 4 * LONGEST])
    return " ".join(_OWN_SIGN.sub("", composed).translate(_TABLE).split())[:LONGEST]


def squeezed(text: str) -> str:
    """The plain text without any space: 세 외 수 입 is 세외수입."""
    return plain(text).replace(" ", "")


def key(text: str) -> str:
    """Letters and figures alone, for names that are to be recognised: 지방행정제재‧부과금 is 지방행정제재부과금."""
    return _NO_LETTER.sub("", plain(text).replace("市", "시").replace("道", "도"))


def indent(text: str) -> int:
    """Width of the space before the text, in half letters; a full-width space counts two."""
    blank = text[: len(text) - len(text.lstrip())]
    return sum(2 if letter == "\u3000" else 1 for letter in blank)


def width(text: str) -> int:
    """Width of the text in half letters."""
    return len(text) + len(_FULL_WIDTH.findall(text))


def bullet(text: str) -> str:
    """The sign that opens an item, empty where there is none; a hyphen before a number is none.

    One that a word processor draws itself stands before headings, and counts as □.
    """
    start = text.lstrip()[:3]
    if _OWN_SIGN.match(start):
        return "□"
    if start and (start[0] in BULLETS or _NUMBERED.match(start)):
        return start[0]
    return "-" if re.match(r"[-–—−‐]\s?(?=\D)", start) else ""


def item(text: str) -> str:
    """The plain text without the sign that opens it."""
    stripped = text.lstrip()
    return plain(stripped[1:] if bullet(text) else stripped)
