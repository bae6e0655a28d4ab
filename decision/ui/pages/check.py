"""Step 5, check: what the person makes of the figures, and the four questions of the SURE test. Nothing is kept."""

from __future__ import annotations

import streamlit as st

from decision import knowledge, sure
from decision.comparison import Comparison, compare
from decision.ui import html, path, picker, shell, state

YES_NO = ("yes", "no")

catalogue = shell.tables()
words = shell.words(catalogue, catalogue.version)
said = state.load(catalogue)


def ask_understanding(result: Comparison) -> None:
    """Ask a few questions on the options looked at; each answer is explained, none is counted."""
    st.header(words("check.knowledge"), anchor=False)
    st.write(knowledge.introduction(words))
    options = [option.option.option for option in picker.shown(result, said)]
    asked = knowledge.knowledge_questions(result, catalogue, options)
    for number, question in enumerate(asked, 1):
        choice = st.radio(
            f"{words.number(number)}. {question.text}",
            range(len(question.choices)),
            None,
            format_func=question.choices.__getitem__,
            key=f"knowledge-{result.condition.condition}-{result.situation.situation}-{question.id}",
        )
        if choice is not None:
            st.html(html.reply(knowledge.reply(question, choice, words), question.sources, catalogue.sources, words))


def ask_sure() -> None:
    """Ask the four questions of the SURE test in their own words, and say what a "no" means."""
    try:
        test = sure.sure_test()
    except ValueError:
        return  # without its words and its notice the test must not be shown
    st.header(words("check.sure"), anchor=False)
    st.write(sure.introduction(words))
    given = {}
    for item in test.items:
        answer = st.radio(
            item.text,
            YES_NO,
            None,
            format_func=lambda name: words(f"check.{name}"),
            key=f"sure-{item.item}",
            horizontal=True,
        )
        if answer is not None:
            given[item.item] = answer == "yes"
    found = sure.conclusion(given, test, words)
    if found:
        st.html(html.paragraph(found[0], "notice"))
        st.html(html.bullet_list(found[1:]))
    st.html(html.notice_of_test(test))


path.begin("check", words)
result = compare(catalogue, said.scenario, said.notices)
st.title(words("check.title", condition=result.condition.short_name), anchor=False)
ask_understanding(result)
ask_sure()
path.end("check", said, words)
said.keep()
