import altair as alt
import pandas as pd
import pydeck as pdk
import streamlit as st

view = st.segmented_control("보기", ["서쪽", "동쪽"], default="서쪽", required=True, key="view")
west = 126.8 if view == "서쪽" else 126.9
square = [[west, 37.45], [west, 37.65], [west + 0.3, 37.65], [west + 0.3, 37.45]]
st.pydeck_chart(
    pdk.Deck(
        layers=[
            pdk.Layer(
                "PolygonLayer",
                [{"ring": square}],
                id="area",
                get_polygon="ring",
                get_fill_color=[37, 110, 244],
                pickable=True,
            )
        ],
        initial_view_state=pdk.ViewState(longitude=west + 0.15, latitude=37.55, zoom=9.5),
        map_provider=None,
    ),
    on_select="rerun",
    key="map",
)
chart = alt.Chart(pd.DataFrame({"x": [1, 2], "y": ["가", "나"]})).encode(x="x", y="y")
st.altair_chart(chart.mark_bar() if view == "서쪽" else chart.mark_line())
