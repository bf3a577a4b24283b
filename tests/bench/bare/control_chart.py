import altair as alt
import pandas as pd
import streamlit as st

unit = st.segmented_control(
    "금액 단위", ["천원", "백만원", "억원"], default="억원", required=True, key="unit"
)
st.altair_chart(alt.Chart(pd.DataFrame({"x": [1, 2], "y": ["가", unit]})).mark_bar().encode(x="x", y="y"))
