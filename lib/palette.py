"""The few colours that carry meaning. Each reaches 4.5:1 on white and 3:1 on the dark background.

Text and rules in charts take the colour of the text around them, so that they read in both themes.
"""

INK = "currentColor"
PRIMARY = "#256ef4"
TEAL = "#268097"
BEHIND = "#d63d4a"
OCHRE = "#9e6a00"
AHEAD = "#228738"
NEUTRAL = "#61758f"
FAINT = "#8a949e"

# Amounts on a map, from little to much: one hue that darkens evenly, which every kind of colour vision orders.
RISING = ("#dfeafc", "#afcbf6", "#74a1ea", "#3a70cf", "#163f92")
CHOSEN = "#c2410c"
PAPER, PRINT = "#ffffff", "#1e2124"


def rising(count: int) -> list[str]:
    """Colours for up to five classes, from little to much; the ends are always there."""
    last = len(RISING) - 1
    return [RISING[round(last * place / max(count - 1, 1))] for place in range(count)]


def rgb(colour: str) -> list[int]:
    """Red, green and blue from 0 to 255."""
    return list(bytes.fromhex(colour.removeprefix("#")))
