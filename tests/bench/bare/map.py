import pydeck as pdk
import streamlit as st

square = [[126.8, 37.45], [126.8, 37.65], [127.1, 37.65], [127.1, 37.45]]
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
        initial_view_state=pdk.ViewState(longitude=126.95, latitude=37.55, zoom=9.5),
        map_provider=None,
    ),
    on_select="rerun",
    key="map",
)
