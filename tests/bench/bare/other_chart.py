import altair as alt
import pandas as pd
import streamlit as st

view = st.segmented_control("보기", ["막대", "선"], default="막대", required=True, key="view")
chart = alt.Chart(pd.DataFrame({"x": [1, 2], "y": ["가", "나"]})).encode(x="x", y="y")
st.altair_chart(chart.mark_bar() if view == "막대" else chart.mark_line())
