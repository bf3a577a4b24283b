"""What all charts look alike in. Colours of text are those of the page around them."""

from typing import TypeVar

import altair as alt

from lib.palette import INK

Picture = TypeVar("Picture", bound=alt.TopLevelMixin)


def dressed(picture: Picture) -> Picture:
    """The picture with labels that read in both themes (4.5:1) and are never dropped or cut."""
    label = {"labelColor": INK, "labelOpacity": 0.85, "titleColor": INK, "titleOpacity": 0.85}
    dressed: Picture = (
        picture.configure_axis(labelOverlap=False, labelLimit=180, **label)
        .configure_legend(labelLimit=240, orient="top", title=None, **label)
        .configure_header(labelColor=INK, titleColor=INK)
        .configure_view(stroke=None)
    )
    return dressed
