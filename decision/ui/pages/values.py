"""Step 4, what matters to me: the person's leaning, what matters, either-or answers, and what they speak for."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from decision.comparison import compare, taken_out, taking_part, weigh
from decision.match import Match
from decision.preferences import Profile, profiles
from decision.result import OptionResult
from decision.swing import swing
from decision.ui import html, path, shell, state

# Answers to a swing: don't mind, a little, some, a lot, most of all.
LEVELS = ("0", "2", "5", "8", "10")
MOST_PAIRS = 3
NOT_SURE = "not_sure"

catalogue = shell.tables()
words = shell.words(catalogue, catalogue.version)
said = state.load(catalogue)
comparison = compare(catalogue, replace(said.scenario, weights={}))  # weighed below, without what is ruled out
possible = taking_part(comparison.options)
by_name = {result.option.option: result for result in comparison.options}


def ask_leaning() -> None:
    """Ask for the person's own leaning, before anything is weighed."""
    st.header(words("values.lean.title"), anchor=False)
    names = [NOT_SURE, *(result.option.option for result in possible)]
    now = said.query.get("lean", NOT_SURE)
    choice = st.radio(
        words("values.lean"),
        names,
        names.index(now) if now in names else 0,
        format_func=lambda name: words("values.not_sure") if name == NOT_SURE else by_name[name].name,
        key=said.key(f"lean-{comparison.condition.condition}-{comparison.situation.situation}"),
    )
    said.put("lean", choice, NOT_SURE)


def ask_swings(found: tuple[Profile, ...], part: list[OptionResult]) -> None:
    """Ask how much each change matters, in its own unit."""
    st.header(words("values.swing.title"), anchor=False)
    st.write(words("values.swing.hint"))
    for profile in found:
        key = f"w.{profile.criterion}"
        given = said.scenario.weights.get(profile.criterion)
        now = None if given is None else min(LEVELS, key=lambda level: abs(float(level) - given))
        level = st.segmented_control(
            swing(profile, part, words),
            LEVELS,
            default=now,
            format_func=lambda level: words(f"values.level.{level}"),
            key=said.key(key),
        )
        if level != now:
            said.put(key, level, "")


def ask_never(concerned: list[OptionResult]) -> dict[str, str]:
    """Ask for deal-breakers, and say what each takes out and how to take it back."""
    st.header(words("values.never.title"), anchor=False)
    now = state.listed(said, "never", catalogue.dealbreakers)
    chosen = st.pills(
        words("values.never"),
        list(catalogue.dealbreakers),
        selection_mode="multi",
        default=now,
        format_func=lambda name: catalogue.dealbreakers[name].text,
        key=said.key("never"),
    )
    said.put("never", ",".join(chosen), "")
    out = taken_out(concerned, [catalogue.dealbreakers[name] for name in chosen])
    if out:
        st.html(
            html.bullet_list(words("values.taken_out", option=by_name[name].name, why=why) for name, why in out.items())
        )
        st.caption(words("values.way_back"))
    return out


def ask_back() -> list[str]:
    """Let the person put a ruled-out option back in to see."""
    ruled_out = [o.option.option for o in comparison.options if o.used and o.verdict == "not_suitable"]
    if not ruled_out:
        return []
    now = state.listed(said, "back", ruled_out)
    with st.expander(words("values.back.title"), key="back"):
        chosen = st.pills(
            words("values.back"),
            ruled_out,
            selection_mode="multi",
            default=now,
            format_func=lambda name: by_name[name].name,
            key=said.key(f"back-{comparison.condition.condition}-{comparison.situation.situation}"),
        )
    said.put("back", ",".join(chosen), "")
    return list(chosen)


def ask_pairs(part: list[OptionResult]) -> Match | None:
    """Ask either-or questions, each chosen to settle what is still open, and return the match after them."""
    answers = state.pairs(said)
    match = weigh(part, said.scenario.weights, words, answers)
    if match is None:
        return None
    st.header(words("values.pairs.title"), anchor=False)
    for index, (more, less) in enumerate(answers):
        line = words("values.pair.answer", a=words(f"criterion.{more}"), b=words(f"criterion.{less}"))
        if st.button(f"{line} ✕", key=f"pair-{index}-{more}-{less}", help=words("limits.remove", what=line)):
            said.put("pairs", ",".join(f"{a}~{b}" for a, b in answers if (a, b) != (more, less)), "")
            said.again()
    if match.telling_pair is None or len(answers) >= MOST_PAIRS:
        st.write(words("values.pairs.enough"))
        return match
    first, second = match.telling_pair
    choice = st.radio(
        words("values.pair"),
        [first, second],
        None,
        format_func=lambda name: _swing_of(name, part),
        key=said.key(f"pair-{first}-{second}"),
    )
    if choice is not None:
        other = second if choice == first else first
        said.query["pairs"] = ",".join([*(f"{a}~{b}" for a, b in answers), f"{choice}~{other}"])
        said.again()
    st.caption(words("values.pair.skip"))
    return match


def _swing_of(criterion: str, part: list[OptionResult]) -> str:
    return next(swing(profile, part, words) for profile in profiles(part) if profile.criterion == criterion)


def show_match(match: Match) -> None:
    """Show what the answers speak for: in words, never as a bare score."""
    st.header(words("values.result.title"), anchor=False)
    st.html(html.paragraph(match.text, "decision"))
    for line in (match.hangs_on, match.notice):
        if line:
            st.write(line)
    if match.not_weighed:
        st.html(html.paragraph(words("values.not_weighed", names=", ".join(match.not_weighed)), "notice"))
    if match.left_out:
        st.caption(words("values.left_out", names=", ".join(match.left_out)))
    lean = said.query.get("lean", NOT_SURE)
    if lean in by_name:
        st.write(words("values.you_lean", name=by_name[lean].name))
    now = said.query.get("order") == "match"
    ordered = st.toggle(words("values.order"), now, key=said.key("order"))
    said.put("order", "match" if ordered else "neutral", "neutral")
    st.caption(words("values.order.match" if ordered else "values.order.neutral"))
    shown = sorted(match.options, key=lambda option: -option.first_rank_share) if ordered else match.options
    top = match.longest_contribution
    st.markdown(
        "".join(html.option_match(option, by_name[option.option].name, top, words) for option in shown),
        unsafe_allow_html=True,
    )
    st.html(html.paragraph(words("values.surprise"), "decision"))
    st.write(words("values.surprise.hint"))


path.begin("matters", words)
st.title(words("values.title", condition=comparison.condition.short_name), anchor=False)
st.html(html.paragraph(comparison.situation.decision, "decision"))
ask_leaning()
back = ask_back()
concerned = taking_part(comparison.options, back)
out = ask_never(concerned)
part = [result for result in concerned if result.option.option not in out]
found = profiles(part) if len(part) > 1 else ()
if found:
    ask_swings(found, part)
    result = ask_pairs(part)
    wanted = st.toggle(words("values.show"), said.query.get("match") == "yes", key=said.key("match"))
    said.put("match", "yes" if wanted else "no", "no")
    if wanted and result is not None:
        show_match(result)
    elif wanted:
        st.write(words("values.nothing_said"))
else:
    st.write(words("values.too_few"))
path.end("matters", said, words)
said.keep()
