import streamlit as st

st.write(st.segmented_control("금액 단위", ["천원", "백만원", "억원"], default="억원", required=True))
