"""The colours that carry meaning, against both backgrounds."""

import tomllib

import pytest

from lib import palette
from tests.browser import server

THEME = tomllib.loads((server.ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
MARKS = {
    name: value
    for name, value in vars(palette).items()
    if isinstance(value, str) and value.startswith("#") and name not in ("PAPER", "PRINT", "FAINT")
}


def luminance(colour: str) -> float:
    """Relative luminance, from 0 to 1 (WCAG 2.2)."""
    shares = [part / 255 for part in palette.rgb(colour)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", MARKS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_marks_stand_out(name: str, theme: str) -> None:
    """Bars and lines that somebody who sees little cannot tell from the page (3:1)."""
    assert contrast(MARKS[name], THEME[theme]["backgroundColor"]) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("part", [(), ("sidebar",)], ids=["page", "menu"])
def test_words_stand_out(theme: str, part: tuple[str, ...]) -> None:
    """Text and links of the theme that cannot be read (4.5:1)."""
    colours = THEME[theme]
    for name in part:
        colours = colours[name]
    grounds = (colours["backgroundColor"], colours["secondaryBackgroundColor"])
    for words in (colours["textColor"], colours["linkColor"]):
        assert min(contrast(words, ground) for ground in grounds) >= 4.5


def test_amounts_darken_steadily() -> None:
    """Classes of a map that only their hue tells apart (KWCAG 5.4.1)."""
    levels = [luminance(colour) for colour in palette.RISING]
    assert levels == sorted(levels, reverse=True)
    neighbours = zip(palette.RISING, palette.RISING[1:], strict=False)
    assert min(contrast(*pair) for pair in neighbours) >= 1.3
