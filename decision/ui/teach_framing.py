"""Framing: one cell in every wording, how large each looks, and then what is behind it."""

from __future__ import annotations

import streamlit as st

from decision import framing
from decision.ui import html, teach_html
from decision.ui.state import Said
from decision.ui.teach_start import Start
from decision.wording import Words

LOOKS = ("1", "2", "3", "4", "5")


def show(start: Start, said: Said, words: Words) -> None:
    """Say one cell in every frame, ask how large each looks, and then show what is behind it."""
    st.header(words("teach.exercise.framing"), anchor=False)
    st.write(words("framing.hint"))
    found = {
        f"{result.option.option}.{cell.outcome.outcome}": (result, cell) for result, cell in framing.cells(start.a)
    }
    if not found:
        st.write(words("framing.none"))
        return
    now = said.query.get("cell")
    names = list(found)
    name = st.selectbox(
        words("framing.cell"),
        names,
        names.index(now) if now in names else 0,
        format_func=lambda name: words(
            "framing.cell.name", option=found[name][0].name, question=found[name][1].outcome.question
        ),
        key=said.key(f"cell-{start.a.condition.condition}-{start.a.situation.situation}"),
    )
    said.put("cell", name, names[0])
    frames = framing.frames(*found[name], said.catalogue, words)
    step = f"_frames-{name}"
    shown = min(st.session_state.get(step, 1), len(frames))
    looked = [_ask_look(index, frames, name, said, words) for index in range(shown)]
    if shown < len(frames):
        with st.container(horizontal=True, gap="small"):
            for text, count in (("framing.next", shown + 1), ("framing.all", len(frames))):
                if st.button(words(text), key=f"{text}-{name}-{shown}"):
                    st.session_state[step] = count
                    said.again()
        return
    st.html(html.paragraph(words("framing.done"), "decision"))
    rows = [
        (framed.frame.name, framed.text, look, framed.frame.does, framed.frame.here)
        for framed, look in zip(frames, looked, strict=True)
    ]
    head = ("framing.name", "framing.reads", "framing.said", "framing.does", "framing.here")
    pictures = framing.drawn(*found[name], words)
    st.markdown(teach_html.groups(pictures, words("framing.drawn")), unsafe_allow_html=True)
    st.markdown(html.picture_key(words), unsafe_allow_html=True)
    cited = [[said.catalogue.sources[source] for source in framed.frame.source_ids] for framed in frames]
    st.markdown(
        html.scroll(teach_html.frames([words(part) for part in head], rows, cited, words), words("framing.same")),
        unsafe_allow_html=True,
    )


def _ask_look(index: int, frames: tuple[framing.Framed, ...], name: str, said: Said, words: Words) -> str:
    """Show a wording, ask how large the effect looks, and return the answer in words. It stays on the screen."""
    st.caption(words("framing.of", n=index + 1, all=len(frames)))
    st.html(html.paragraph(frames[index].text, "frame"))
    look = st.segmented_control(
        words("framing.ask"),
        LOOKS,
        format_func=lambda level: words(f"framing.level.{level}"),
        key=said.key(f"look-{name}-{index}"),
    )
    return words("framing.not_rated") if look is None else words(f"framing.level.{look}")
