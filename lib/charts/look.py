"""What all charts look alike in. Colours of text are those of the page around them."""

from typing import cast

import altair as alt

from lib.palette import INK

Picture = alt.Chart | alt.LayerChart | alt.FacetChart | alt.HConcatChart | alt.VConcatChart


def dressed(picture: Picture) -> Picture:
    """The picture with labels that read in both themes (4.5:1) and are never dropped or cut."""
    return cast(
        Picture,
        picture.configure_axis(
            labelColor=INK,
            labelOpacity=0.85,
            titleColor=INK,
            titleOpacity=0.85,
            labelOverlap=False,
            labelLimit=180,
            labelFlush=False,
        )
        .configure_legend(
            labelColor=INK, labelOpacity=0.85, titleColor=INK, labelLimit=240, orient="top", title=None
        )
        .configure_header(labelColor=INK, titleColor=INK)
        .configure_view(stroke=None),
    )
