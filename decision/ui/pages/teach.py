"""Teach: exercises on one case or on any two scenarios, each with a link of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from decision import class_values, contrast, framing, sensitivity, tornado
from decision.comparison import Comparison, compare, taking_part
from decision.inputs import answer, label
from decision.lesson import Lesson, lesson
from decision.lesson_sheet import lesson_sheet
from decision.preferences import profiles
from decision.scenario import BODY_KEYS, Scenario, read
from decision.ui import html, shell, state, teach_html
from decision.ui.state import TEACH_KEYS
from decision.visit import VIEW_KEYS

OWN = "own"
"""Start from the comparison that is open, instead of a case."""

EVEN = 5.0
LOOKS = ("1", "2", "3", "4", "5")
COMPARE, TEACH = "decision/ui/pages/compare.py", "decision/ui/pages/teach.py"

catalogue = shell.tables()
words = shell.words(catalogue, catalogue.version)
said = state.load(catalogue, TEACH_KEYS)

# ----------------------------------------------------------------- what is taught


@cache
def the_lesson() -> Lesson | None:
    """Return the lesson of the case that was chosen, or None where the open comparison is the start."""
    return lesson(catalogue, chosen) if chosen != OWN else None


@cache
def side_a() -> Comparison:
    """Return the comparison of A: that of the case, or the one that is open."""
    found = the_lesson()
    return found.a if found else compare(catalogue, said.scenario, said.notices)


@cache
def side_b() -> Comparison:
    """Return the comparison of B: that of the case, or of the link that was pasted; else the same as A."""
    found = the_lesson()
    if found:
        return found.b
    other = pasted()
    return compare(catalogue, other) if other else side_a()


def pasted() -> Scenario | None:
    """Return the scenario of the link that was pasted for B; what is said of a body stays in the session."""
    bare = said.query.get("b", "")
    if not bare:
        return None
    kept, full = st.session_state.get("_teach_b", ("", {}))
    return read(full if kept == bare else dict(parse_qsl(bare)), catalogue)[0]


def take_link(text: str) -> bool:
    """Take a pasted link over as B, and say whether it is a link of this app."""
    pairs = {key: value for key, value in parse_qsl(text.strip().partition("?")[2]) if key not in VIEW_KEYS}
    if pairs.get("condition") not in catalogue.conditions:
        return False
    scenario, notices = read(pairs, catalogue)
    bare = urlencode(scenario.to_query(), safe=",")
    said.query["b"] = bare
    st.session_state["_teach_b"] = (bare, pairs)
    st.session_state["_teach_notices"] = notices
    return True


# ------------------------------------------------------------------------- lesson


def show_lesson() -> None:
    """Show a case as a lesson: the patient, role cards, questions, points, and the key when asked for."""
    found = the_lesson()
    if found is None:
        show_contrast()
        return
    case = found.case
    st.header(case.title, anchor=False)
    st.html(html.paragraph(found.a.situation.decision, "decision"))
    st.html(teach_html.labelled(words("teach.who"), case.who) + teach_html.labelled(words("teach.clash"), case.clash))
    difference = contrast.contrast(found.a, found.b)
    st.markdown(
        teach_html.sides(contrast.inputs(difference, catalogue, words), words("contrast.inputs"), words),
        unsafe_allow_html=True,
    )
    open_links(found.a.scenario, found.b.scenario)
    st.subheader(words("teach.plan"), anchor=False)
    show_plan()
    st.subheader(words("teach.parts.cards"), anchor=False)
    st.markdown(teach_html.role_cards(found.role_cards, words), unsafe_allow_html=True)
    key = st.toggle(words("teach.answers"), said.query.get("answers") == "yes", key=said.key("answers"))
    said.put("answers", "yes" if key else "no", "no")
    if key:
        st.caption(words("teach.key.hint"))
    st.subheader(words("teach.parts.questions"), anchor=False)
    st.markdown(teach_html.parts(found.questions, words, key), unsafe_allow_html=True)
    if key:
        st.subheader(words("teach.parts.points"), anchor=False)
        st.markdown(teach_html.parts(found.points, words, key), unsafe_allow_html=True)
    st.download_button(
        words("teach.sheet"),
        lambda: lesson_sheet(found, difference, address(), catalogue, words),
        f"ig-options-lesson-{case.case}.html",
        "text/html",
        on_click="ignore",
    )


def show_plan() -> None:
    """List the steps of a lesson, each with a link to its exercise."""
    for number, name in enumerate(("cards", "contrast", "moves", "framing", "class", "close"), 1):
        left, right = st.columns([3, 1], vertical_alignment="center")
        left.write(f"{number}. {words(f'teach.plan.{name}')}")
        if name in EXERCISES:
            query = {**said.scenario.to_query(), "exercise": name, "case": chosen}
            right.page_link(TEACH, label=words(f"teach.exercise.{name}"), query_params=query)


def open_links(a: Scenario, b: Scenario) -> None:
    """Offer both scenarios in the comparison. What was said of a body before is set back by them."""
    with st.container(horizontal=True, gap="medium"):
        for name, scenario in (("a", a), ("b", b)):
            query = {"health": "", "pregnancy": "no", **scenario.to_query(with_body=True)}
            st.page_link(COMPARE, label=words(f"teach.{name}"), query_params=query)


# ----------------------------------------------------------------------- contrast


def show_contrast() -> None:
    """Show the two scenarios side by side, with every difference marked."""
    st.header(words("teach.exercise.contrast"), anchor=False)
    if chosen == OWN:
        ask_link()
    found = contrast.contrast(side_a(), side_b())
    if found.empty:
        st.write(words("contrast.empty"))
        return
    given = contrast.inputs(found, catalogue, words)
    if given:
        st.markdown(teach_html.sides(given, words("contrast.inputs"), words), unsafe_allow_html=True)
    open_links(found.a.scenario, found.b.scenario)
    counted = words("contrast.differ", n=len(found.differing), all=len(found.options))
    st.html(html.paragraph(counted, "decision"))
    texts = [side.match.text if side.match else words("contrast.no_weights") for side in (found.a, found.b)]
    about = [contrast.Line(words("contrast.lead"), *texts)] if found.leaders or texts[0] != texts[1] else []
    about += contrast.page_messages(found, words)
    if about:
        st.markdown(teach_html.sides(about, words("contrast.page_message"), words), unsafe_allow_html=True)
    st.markdown(
        teach_html.sides(
            contrast.verdicts(found, words),
            words("contrast.verdicts"),
            words,
            "charts.option",
            [(option.a.verdict, option.b.verdict) for option in found.options],
        ),
        unsafe_allow_html=True,
    )
    st.markdown("".join(option_section(option) for option in found.differing), unsafe_allow_html=True)
    same = [option.a.name for option in found.options if option.same]
    if same:
        st.write(words("contrast.same", names=words.listing(same)))


def option_section(option: contrast.OptionContrast) -> str:
    """Return the differences of one option, its verdict on both sides first."""
    verdict = [(option.a.verdict, option.b.verdict)]
    table = teach_html.sides(contrast.lines(option, words), option.a.name, words, signs=verdict)
    return f'<section class="sides">{table}</section>'


def ask_link() -> None:
    """Ask for a link that makes B, and say what could not be used of it."""
    text = st.text_input(words("teach.b.link"), key=said.key("b-link"))
    if text and text != st.session_state.get("_teach_pasted"):
        st.session_state["_teach_pasted"] = text
        st.session_state["_teach_bad"] = not take_link(text)
    if st.session_state.get("_teach_bad"):
        st.html(html.paragraph(words("teach.b.bad"), "notice"))
    other = pasted()
    if other is None:
        st.write(words("teach.b.none"))
        return
    for notice in st.session_state.get("_teach_notices", ()):
        st.html(html.paragraph(notice, "notice"))
    if set(BODY_KEYS) & set(st.session_state.get("_teach_b", ("", {}))[1]):
        st.caption(words("teach.b.body"))


# -------------------------------------------------------------- what moves the answer


def show_moves() -> None:
    """Show where the answer flips when one input changes, and which weight moves the lead most."""
    st.header(words("teach.exercise.moves"), anchor=False)
    st.write(words("moves.hint"))
    scenario = weighed(ask_side())
    comparison = compare(catalogue, scenario)
    keys = list(dict.fromkeys(sensitivity.inputs(catalogue, scenario)))
    now = said.query.get("input", "travel_minutes")
    key = st.selectbox(
        words("moves.ask"),
        keys,
        keys.index(now) if now in keys else keys.index("travel_minutes"),
        format_func=lambda name: label(name, catalogue, words),
        key=said.key(f"input-{scenario.condition}-{scenario.situation}-{len(keys)}"),
    )
    said.put("input", key, "travel_minutes")
    found = remember(("moves", scenario, key), lambda: sensitivity.one_way(catalogue, scenario, key))
    st.write(words("moves.now", value=answer(key, found.now, scenario, catalogue, words)))
    if found.low is not None:
        low, high = (answer(key, end, scenario, catalogue, words) for end in (found.low, found.high))
        st.caption(words("moves.range", low=low, high=high))
    rows = [
        (change.when, " ".join(change.texts)) for change in sensitivity.in_words(found, comparison, catalogue, words)
    ]
    if rows:
        st.html(html.plain_table([words("moves.when"), words("moves.what")], rows, words("moves.table")))
    else:
        st.write(words("sensitivity.none"))
    show_tornado(comparison)


def ask_side() -> Scenario:
    """Ask which of the two scenarios is looked at."""
    if side_a().scenario == side_b().scenario:
        return side_a().scenario
    now = said.query.get("side", "a")
    choice = st.radio(
        words("moves.side"),
        ("a", "b"),
        0 if now != "b" else 1,
        format_func=lambda name: words(f"contrast.{name}"),
        key=said.key("side"),
        horizontal=True,
    )
    said.put("side", choice, "a")
    return side_b().scenario if choice == "b" else side_a().scenario


def weighed(scenario: Scenario) -> Scenario:
    """Return the scenario with weights: those stated, or all the same where that is asked for."""
    if any(scenario.weights.values()):
        return scenario
    even = st.toggle(
        words("moves.even"), said.query.get("even") == "yes", key=said.key("even"), help=words("moves.even.hint")
    )
    said.put("even", "yes" if even else "no", "no")
    if not even:
        return scenario
    part = taking_part(compare(catalogue, scenario).options)
    found = profiles(part) if len(part) > 1 else ()
    return replace(scenario, weights={profile.criterion: EVEN for profile in found})


def show_tornado(comparison: Comparison) -> None:
    """Show how far each weight alone moves the lead, as a chart and as a table of the same figures."""
    part = taking_part(comparison.options)
    weights = comparison.scenario.weights
    found = remember(("tornado", comparison.scenario), lambda: tornado.tornado(part, weights, words))
    if found is None:
        return
    names = {result.option.option: result.name for result in comparison.options}
    st.subheader(words("tornado.title"), anchor=False)
    st.write(words("tornado.hint", name=names[found.leader], n=f"{10 * found.share:.1f}".removesuffix(".0")))
    st.plotly_chart(
        tornado.figure(found, words), key="tornado", config={"displayModeBar": False}, alt=words("tornado.alt")
    )
    head = ("class.criterion", "tornado.stated", "tornado.least", "tornado.most")
    rows = tornado.table(found, names, words)
    st.html(html.plain_table([words(name) for name in head], rows, words("tornado.title")))


def remember(key: tuple, make: Callable):  # type: ignore[no-untyped-def]
    """Return what was worked out last for this key in this session, and nowhere else: a scenario may tell of a body."""
    kept = st.session_state.setdefault("_teach_found", {})
    if kept.get(key[0], (None, None))[0] != key:
        with st.spinner(words("moves.wait")):
            kept[key[0]] = (key, make())
    return kept[key[0]][1]


# ------------------------------------------------------------------------ framing


def show_framing() -> None:
    """Say one cell in every frame, ask how large each looks, and then show what is behind it."""
    st.header(words("teach.exercise.framing"), anchor=False)
    st.write(words("framing.hint"))
    found = {
        f"{result.option.option}.{cell.outcome.outcome}": (result, cell) for result, cell in framing.cells(side_a())
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
        key=said.key(f"cell-{side_a().condition.condition}-{side_a().situation.situation}"),
    )
    said.put("cell", name, names[0])
    frames = framing.frames(*found[name], catalogue, words)
    step = f"_frames-{name}"
    shown = min(st.session_state.get(step, 1), len(frames))
    looked = [ask_look(index, frames, name) for index in range(shown)]
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
    cited = [[catalogue.sources[source] for source in framed.frame.source_ids] for framed in frames]
    st.markdown(
        html.scroll(teach_html.frames([words(part) for part in head], rows, cited, words), words("framing.same")),
        unsafe_allow_html=True,
    )


def ask_look(index: int, frames: tuple[framing.Framed, ...], name: str) -> str:
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


# -------------------------------------------------------------------- class, ward


def show_class() -> None:
    """Open saved files together and show the spread of weights and leaders, without names."""
    st.header(words("teach.exercise.class"), anchor=False)
    st.write(words("class.hint"))
    st.write(words("class.address"))
    query = replace(side_a().scenario, weights={}).to_query()
    st.code(f"{page_address('values')}?{urlencode(query, safe=',')}", language=None, wrap_lines=True)
    files = st.file_uploader(words("class.upload"), type=["json"], accept_multiple_files=True, key="class-files")
    voices = []
    for file in files or ():
        scenario = class_values.read_saved(file.getvalue(), catalogue)
        voice = class_values.voice(scenario, catalogue) if scenario else None
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
    show_values(found)


def show_values(found: class_values.ClassValues) -> None:
    """Show the spread of each weight and how many each option leads for."""
    condition, situation = found.place
    place = {
        "condition": catalogue.conditions[condition].short_name,
        "situation": catalogue.situation(condition, situation).name,
    }
    st.html(html.paragraph(words("class.many", n=found.people, **place), "decision"))
    if found.left_out:
        st.html(html.paragraph(words("class.left_out", n=found.left_out), "notice"))
    st.write(words("class.same_answer"))
    st.markdown(html.scroll(teach_html.spreads(found.spreads, words), words("class.spread")), unsafe_allow_html=True)
    if found.too_few:
        names = words.listing(words(f"criterion.{name}") for name in found.too_few)
        st.caption(words("class.too_few_answers", least=class_values.FEWEST, names=names))
    roles = catalogue.roles[condition, situation]
    rows = [
        (roles[option].display_name or catalogue.options[option].name, str(found.leaders[option]))
        for option in catalogue.options
        if option in found.leaders
    ]
    if class_values.TOO_CLOSE in found.leaders:
        rows.append((words("class.too_close"), str(found.leaders[class_values.TOO_CLOSE])))
    st.html(html.plain_table([words("class.lead"), words("class.people")], rows, words("class.leaders")))
    st.write(words("class.talk"))


EXERCISES: dict[str, Callable[[], None]] = {
    "lesson": show_lesson,
    "contrast": show_contrast,
    "moves": show_moves,
    "framing": show_framing,
    "class": show_class,
}
"""Every exercise, in the order of a lesson. The ward list of the shortage exercise joins here once there is one."""


# --------------------------------------------------------------------------- page


def ask_exercise() -> str:
    """Ask for the exercise."""
    names = list(EXERCISES)
    now = said.query.get("exercise", names[0])
    choice = st.segmented_control(
        words("teach.exercise"),
        names,
        default=now if now in names else names[0],
        format_func=lambda name: words(f"teach.exercise.{name}"),
        key=said.key("exercise"),
        required=True,
    )
    said.put("exercise", choice, "")
    return str(choice)


def ask_start() -> str:
    """Ask for a case, or for the comparison that is open."""
    names = [*catalogue.cases, OWN]
    now = said.query.get("case", names[0])
    choice = st.selectbox(
        words("teach.start"),
        names,
        names.index(now) if now in names else 0,
        format_func=lambda name: words("teach.own") if name == OWN else catalogue.cases[name].title,
        key=said.key("case"),
    )
    said.put("case", choice, "")
    return str(choice)


def address() -> str:
    """Return the link of the exercise as it is now."""
    view = {key: said.query[key] for key in TEACH_KEYS if key in said.query}
    start = said.scenario.to_query() if chosen == OWN else {}
    return f"{page_address('teach')}?{urlencode({**start, **view}, safe=',')}"


def page_address(name: str) -> str:
    """Return the address of a page of this app, without a query."""
    return f"{(st.context.url or '').partition('?')[0].rpartition('/')[0]}/{name}"


st.html(teach_html.style())
st.html(html.paragraph(words("app.not_reviewed"), "not-reviewed"))
st.title(words("teach.title"), anchor=False)
st.write(words("teach.intro"))
exercise = ask_exercise()
chosen = ask_start()
EXERCISES[exercise]()
st.write(words("teach.copy"))
st.code(address(), language=None, wrap_lines=True)
st.caption(words("teach.print"))
said.keep()
