"""The calendar as tables and as sentences: both say the same, nothing rests on colour, every text is escaped."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import places, shipped

from decision import Scenario, compare
from decision.calendar_picture import key, month_sentences, month_table, sentences, year_sentences, year_table
from decision.treatment_calendar import DAYS_DRAWN, KINDS, MONTHS, treatment_calendar
from decision.wording import Words


class Table(HTMLParser):
    """Count what a table holds, and check that it is well formed."""

    def __init__(self, text):
        super().__init__()
        self.open, self.cells, self.rows, self.heads, self.captions = [], [], 0, [], 0
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.rows += tag == "tr"
        self.captions += tag == "caption"
        if tag in ("td", "th"):
            self.cells.append([])
        if tag == "th":
            self.heads.append(dict(attrs).get("scope"))
        classes = dict(attrs).get("class", "").split()
        if self.cells and "day" in classes:
            self.cells[-1].append(next(name for name in classes if name.startswith("day-")).removeprefix("day-"))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def shown(place, option, minutes=30, **said):
    catalogue = shipped()
    result = compare(catalogue, Scenario(*place, travel_minutes=minutes, **said)).option(option)
    return result, treatment_calendar(result, minutes), Words(catalogue.phrases)


def everyone(place, minutes=30):
    catalogue = shipped()
    words = Words(catalogue.phrases)
    for result in compare(catalogue, Scenario(*place, travel_minutes=minutes)).options:
        if result.used:
            yield result, treatment_calendar(result, minutes), words


def count_said(lines, kind, words):
    """Return how many days the sentences give a kind, and how many days they name."""
    for line in lines:
        match = re.match(rf"{re.escape(words(f'calendar.kind.{kind}'))}: (\d+)\. [^:]+: (.*)\.$", line)
        if match:
            return int(match[1]), match[2]
    return 0, ""


def days_named(text, words):
    if text == words("calendar.every_day"):
        return DAYS_DRAWN
    runs = re.findall(r"(\d+) to (\d+)", text)
    left = re.sub(r"\d+ to \d+", "", text)
    return sum(int(last) - int(first) + 1 for first, last in runs) + len(re.findall(r"\d+", left))


@given(places(), st.sampled_from([0, 30, 600]))
def test_the_table_and_the_sentences_count_the_same_days(place, minutes):
    for result, calendar, words in everyone(place, minutes):
        lines = month_sentences(calendar, words)
        if calendar.days is None:
            assert "<table" not in month_table(result, calendar, words)
            assert len(lines) == 1
            continue
        table = Table(month_table(result, calendar, words))
        drawn = [kind for cell in table.cells for kind in cell]
        for kind in KINDS:
            said, text = count_said(lines, kind, words)
            assert said == drawn.count(kind.replace("_", "-")) == calendar.count(kind)
            assert days_named(text, words) == said
        assert (table.rows, table.captions) == (1 + DAYS_DRAWN // 7, 1)
        assert table.heads.count("col") == 7


@given(places())
def test_the_year_as_table_and_as_sentences_has_the_same_sums(place):
    for result, calendar, words in everyone(place):
        text = year_table(result, calendar, words)
        said = " ".join(year_sentences(calendar, words))
        if not calendar.months:
            assert "<table" not in text
            continue
        table = Table(text)
        assert (table.rows, table.captions) == (MONTHS + 2, 1)
        assert table.heads.count("row") == MONTHS + 1
        foot = re.findall(r"<td>(.*?)</td>", text.partition("<tfoot>")[2])
        found = re.search(r"Sessions: (.*?)\. Trips: (.*?)\. Check-ups: (.*?)\. Hours with travel: (.*?)\.( |$)", said)
        assert list(found.groups()[:4]) == foot[:4]
        sessions = re.findall(r'scope="row">\d+</th><td>(\d+)</td>', text)
        assert sum(map(int, sessions)) == calendar.sessions


@pytest.mark.parametrize(
    ("what", "place", "option", "line"),
    [
        ("no plan", ("pi_antibody", "start"), "plasma_exchange", "calendar.unknown"),
        ("no treatment", ("cidp", "maintenance"), "no_treatment", "calendar.month.nothing"),
        ("no days", ("kidney_amr", "active_rejection"), "immunoadsorption", "calendar.month.unknown"),
    ],
)
def test_what_is_not_known_is_said(what, place, option, line):
    result, calendar, words = shown(place, option)
    assert words(line) in sentences(result, calendar, words)


def test_seldom_sessions_say_how_often_such_a_month_comes():
    result, calendar, words = shown(("ms", "preventing_relapses"), "anti_cd20")
    assert words("calendar.month.seldom", weeks="26") in sentences(result, calendar, words)


def test_days_in_a_row_are_one_run():
    _, calendar, words = shown(("gbs", "cannot_walk"), "plasma_exchange")
    assert "Days: 1 to 11." in " ".join(month_sentences(calendar, words))


def test_sentences_say_when_to_know_and_when_to_look_again():
    for place in (("cidp", "first_treatment"), ("kawasaki", "first_treatment"), ("gbs", "cannot_walk")):
        result, calendar, words = shown(place, "ivig")
        said = sentences(result, calendar, words)
        assert said[-1] == result.review.text
        assert result.onset.text in said[-2]
        table = year_table(result, calendar, words)
        assert (words("calendar.mark.know") in table) == (calendar.may_know is not None)
        assert (words("calendar.mark.decide") in table) == (calendar.decide_again is not None)


def test_every_letter_has_its_words_beside_it_and_no_two_kinds_share_one():
    words = Words(shipped().phrases)
    letters = [words(f"calendar.letter.{kind}") for kind in KINDS]
    assert len(set(letters)) == len(KINDS)
    for place in (("gbs", "cannot_walk"), ("cidp", "maintenance")):
        for result, calendar, _ in everyone(place):
            table = month_table(result, calendar, words)
            for kind in KINDS:
                name = words(f"calendar.kind.{kind}")
                assert table.count(f'<span class="unseen">{name}</span>') == calendar.count(kind)
                assert (name in key(calendar, words)) == bool(calendar.count(kind))


def test_hostile_names_are_escaped():
    result, calendar, words = shown(("cidp", "maintenance"), "ivig")
    hostile = result.__class__(**{**result.__dict__, "name": "<script>x</script>"})
    for text in (month_table(hostile, calendar, words), year_table(hostile, calendar, words)):
        assert "<script" not in text
        assert "&lt;script" in text
