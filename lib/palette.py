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
