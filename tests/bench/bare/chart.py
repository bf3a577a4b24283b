import altair as alt
import pandas as pd
import streamlit as st

st.altair_chart(alt.Chart(pd.DataFrame({"x": [1, 2], "y": ["가", "나"]})).mark_bar().encode(x="x", y="y"))
