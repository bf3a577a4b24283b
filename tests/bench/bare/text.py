import streamlit as st

st.write("행정국")
