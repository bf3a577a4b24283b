import altair as alt
import pandas as pd
import streamlit as st

rows = pd.DataFrame({"x": [1, 2], "y": ["가", "나"]})
st.altair_chart(alt.Chart(st.data_editor(rows, num_rows="dynamic")).mark_bar().encode(x="x", y="y"))
