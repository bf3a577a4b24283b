import streamlit as st

units = ["천원", "백만원", "억원"]
st.write(st.segmented_control("금액 단위", units, default="억원", required=True, key="unit"))
