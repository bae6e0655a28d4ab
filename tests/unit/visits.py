"""Visits for the tests of the hand-out: a usual one, any one as a hypothesis strategy, and the sheet of one."""

import datetime
from functools import cache

from hypothesis import strategies as st
from people import facts, places, shipped

from decision import Scenario, compare, visit
from decision.handout.sheet import Sheet, sheet
from decision.scenario import CRITERIA, OPTIONS

TODAY = datetime.date(2026, 11, 22)
ADDRESS = "https://options.example.org/"
USUAL = {
    "condition": "cidp", "situation": "maintenance", "travel_minutes": "120", "ig_supply": "critical",
    "w.benefit": "10", "w.time": "8", "w.needles": "2", "show": "ivig,scig,fcrn_blocker",
}  # fmt: skip
"""Three options, two limits, three things that matter."""

BODY = {"health": "kidney_disease,diabetes", "weight_kg": "83", "age_group": "older_adult", "pregnancy": "planning"}
HOSTILE = '</script><script>alert(1)</script><img src=x onerror=alert(1)> & "\'\u2028 {{x}} #import "x" \\ $x$ =1+1'


def said(changes=None, **typed) -> visit.Visit:
    """Return the usual visit with changes of its query (None takes a key out) and what was typed."""
    query = {**USUAL, **(changes or {})}
    return visit.read({key: value for key, value in query.items() if value is not None}, shipped(), **typed)[0]


def comparison_of(one: visit.Visit):
    return compare(shipped(), one.scenario(shipped()))


def sheet_of(one: visit.Visit, **more) -> Sheet:
    return sheet(comparison_of(one), shipped(), one, TODAY, **more)


@cache
def usual_sheet() -> Sheet:
    return sheet_of(said(), address=ADDRESS)


@st.composite
def visits(draw) -> visit.Visit:
    """Return any visit: any scenario, any answers of the views, anything typed."""
    place = draw(places())
    weights = draw(st.dictionaries(st.sampled_from(CRITERIA), st.integers(0, 10), max_size=4))
    query = dict(Scenario(*place, weights=weights, **draw(facts())).to_query(with_body=True))
    for key in ("age_group", "weight_kg", "health", "pregnancy"):
        if draw(st.booleans()):
            query.pop(key, None)
    some = st.lists(st.sampled_from(OPTIONS), max_size=6, unique=True).map(",".join)
    two = st.lists(st.sampled_from(CRITERIA), min_size=2, max_size=2, unique=True).map("~".join)
    never = st.lists(st.sampled_from(list(shipped().dealbreakers)), max_size=2, unique=True).map(",".join)
    views = {
        "show": some,
        "back": some,
        "never": never,
        "pairs": st.lists(two, max_size=3, unique=True).map(",".join),
        "lean": st.sampled_from(OPTIONS),
        "frame": st.just("happens_not"),
        "view": st.just("numbers"),
        "all": st.just("yes"),
        "order": st.just("match"),
    }
    query.update(draw(st.fixed_dictionaries({}, optional=views)))
    return visit.read(
        query,
        shipped(),
        ticked=draw(st.lists(st.sampled_from(["again", "call", "matters-benefit", "lean", "gone"]), max_size=5)),
        own_questions=draw(st.lists(st.text(max_size=300), max_size=4)),
        notes=draw(st.text(max_size=400)),
        opened=draw(st.lists(st.sampled_from(OPTIONS), max_size=4)),
    )[0]
