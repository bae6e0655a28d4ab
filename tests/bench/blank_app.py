"""The least that a Streamlit app can be: one question and its answer. What our pages are measured against."""

import streamlit as st

st.title("Blank")
answer = st.selectbox("Minutes", [f"{n} minutes" for n in (15, 30, 60, 90, 120, 180, 240, 360)], key="minutes")
st.write(f"You said {answer}.")
