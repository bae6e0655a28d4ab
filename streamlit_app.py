"""Ig Options: page set-up and navigation, nothing else."""

import streamlit as st

from decision.ui import shell

shell.set_up()
titles = shell.titles("compare", "values", "evidence", "methods", "about")
page = st.navigation(
    [
        st.Page("decision/ui/pages/compare.py", title=titles["compare"], default=True),
        st.Page("decision/ui/pages/values.py", title=titles["values"], url_path="values"),
        st.Page("decision/ui/pages/evidence.py", title=titles["evidence"], url_path="evidence"),
        st.Page("decision/ui/pages/methods.py", title=titles["methods"], url_path="methods"),
        st.Page("decision/ui/pages/about.py", title=titles["about"], url_path="about"),
    ],
    position="top",
)
page.run()
