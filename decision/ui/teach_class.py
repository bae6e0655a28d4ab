"""The values of a class: saved files opened together, the spread of weights and leaders, without names."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from decision import class_values
from decision.ui import html, teach_html
from decision.ui.state import Said
from decision.ui.teach_start import Start, page_address
from decision.wording import Words


def show(start: Start, said: Said, words: Words) -> None:
    """Open saved files together and show the spread of weights and leaders, without names."""
    st.header(words("teach.exercise.class"), anchor=False)
    st.write(words("class.hint", page=words("take.html"), data=words("take.json")))
    st.write(words("class.address"))
    query = replace(start.a.scenario, weights={}).to_query()
    st.code(f"{page_address('values')}?{urlencode(query, safe=',')}", language=None, wrap_lines=True)
    files = st.file_uploader(
        words("class.upload"), type=["html", "htm", "json"], accept_multiple_files=True, key="class-files"
    )
    voices = []
    for file in files or ():
        scenario = class_values.read_saved(file.getvalue(), said.catalogue)
        voice = class_values.voice(scenario, said.catalogue) if scenario else None
        if voice is None:
            name = "class.bad" if scenario is None else "class.no_weights"
            st.html(html.paragraph(words(name, file=file.name), "notice"))
        else:
            voices.append(voice)
    if not files:
        return
    found = class_values.class_values(voices)
    if found is None:
        st.write(words("class.few", n=len(voices), least=class_values.FEWEST))
        return
    _values(found, said, words)


def _values(found: class_values.ClassValues, said: Said, words: Words) -> None:
    """Show the spread of each weight and how many each option leads for."""
    condition, situation = found.place
    place = {
        "condition": said.catalogue.conditions[condition].short_name,
        "situation": said.catalogue.situation(condition, situation).name,
    }
    st.html(html.paragraph(words("class.many", n=found.people, **place), "decision"))
    if found.left_out:
        st.html(html.paragraph(words("class.left_out", n=found.left_out), "notice"))
    st.write(words("class.same_answer"))
    st.markdown(html.scroll(teach_html.spreads(found.spreads, words), words("class.spread")), unsafe_allow_html=True)
    if found.too_few:
        names = words.listing(words(f"criterion.{name}") for name in found.too_few)
        st.caption(words("class.too_few_answers", least=class_values.FEWEST, names=names))
    roles = said.catalogue.roles[condition, situation]
    rows = [
        (roles[option].display_name or said.catalogue.options[option].name, str(found.leaders[option]))
        for option in said.catalogue.options
        if option in found.leaders
    ]
    if class_values.TOO_CLOSE in found.leaders:
        rows.append((words("class.too_close"), str(found.leaders[class_values.TOO_CLOSE])))
    st.html(html.plain_table([words("class.lead"), words("class.people")], rows, words("class.leaders")))
    st.write(words("class.talk"))
