"""Ig Options: page set-up and navigation, nothing else."""

import streamlit as st

from decision.ui import path, shell

shell.set_up()
steps = shell.titles("step", *path.STEPS)
titles = shell.titles("page", "compare", "steps", "more", "evidence", "teach", "methods", "about")
page = st.navigation(
    {
        "": [st.Page("decision/ui/pages/compare.py", title=titles["compare"], default=True)],
        titles["steps"]: [
            st.Page(path.PAGE[step], title=steps[step], url_path=path.ADDRESS[step]) for step in path.STEPS
        ],
        titles["more"]: [
            st.Page("decision/ui/pages/evidence.py", title=titles["evidence"], url_path="evidence"),
            st.Page("decision/ui/pages/teach.py", title=titles["teach"], url_path="teach"),
            st.Page("decision/ui/pages/methods.py", title=titles["methods"], url_path="methods"),
            st.Page("decision/ui/pages/about.py", title=titles["about"], url_path="about"),
        ],
    },
    position="top",
)
step = page.url_path in path.ADDRESS.values()  # a step may have the name of a page
shell.name_page(f"{page.title} - {titles['steps']}" if step else page.title)
page.run()
