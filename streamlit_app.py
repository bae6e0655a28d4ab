"""Ig Options: page set-up and navigation, nothing else."""

import streamlit as st

from decision.ui import shell

shell.set_up()
page = st.navigation(
    [
        st.Page("decision/ui/pages/compare.py", title="Compare", default=True),
        st.Page("decision/ui/pages/values.py", title="What matters to me", url_path="values"),
        st.Page("decision/ui/pages/evidence.py", title="Evidence", url_path="evidence"),
        st.Page("decision/ui/pages/teach.py", title="Teach", url_path="teach"),
        st.Page("decision/ui/pages/methods.py", title="Methods", url_path="methods"),
        st.Page("decision/ui/pages/about.py", title="About", url_path="about"),
    ],
    position="top",
)
page.run()
