"""Ig Options: page set-up and navigation, nothing else."""

import streamlit as st

from decision.ui import path, shell

words = shell.set_up()
step_by_step = [
    st.Page(file, title=words(f"step.{step}"), url_path=step.replace("compare", "side-by-side"))
    for step, file in path.PAGE.items()
]
page = st.navigation(
    {
        "": [st.Page("decision/ui/pages/compare.py", title=words("page.compare"), default=True)],
        words("page.steps"): step_by_step,
        words("page.more"): [
            st.Page("decision/ui/pages/evidence.py", title=words("page.evidence"), url_path="evidence"),
            st.Page("decision/ui/pages/methods.py", title=words("page.methods"), url_path="methods"),
            st.Page("decision/ui/pages/about.py", title=words("page.about"), url_path="about"),
        ],
    },
    position="top",
)
page.run()
