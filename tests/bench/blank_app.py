"""The least that a Streamlit app can be: two questions and their answers. What our pages are measured against."""

import streamlit as st

st.title("Blank")
minutes = st.selectbox("Way", [f"{n} minutes" for n in (15, 30, 60, 90, 120, 180, 240, 360)], key="minutes")
veins = st.radio("Veins", ["good", "poor"], key="veins")
st.write(f"You said {minutes} and {veins} veins.")
