"""The tables for teaching: cases spread over conditions, parts without figures, wordings with their studies."""

import re
from urllib.parse import parse_qsl

import pytest

from decision import compare
from decision.cells import questions
from decision.contrast import contrast
from decision.framing import FRAMES
from decision.lesson import lesson
from decision.rows import PartRole


def test_there_are_ten_cases_or_more_from_many_conditions(catalogue):
    assert len(catalogue.cases) >= 10
    assert len({case.condition for case in catalogue.cases.values()}) >= 10


def test_titles_and_clashes_stand_once(catalogue):
    for column in ("title", "who", "clash"):
        texts = [getattr(case, column) for case in catalogue.cases.values()]
        assert len(set(texts)) == len(texts), column


def test_a_patient_is_described_by_limits_and_not_by_a_name_or_a_story(catalogue):
    """A name would start with a capital letter within a sentence and be none of the words of the tables."""
    known = {
        word for row in catalogue.conditions.values() for word in re.findall(r"\w+", f"{row.short_name} {row.name}")
    }
    known |= {"A", "B", "IVIG", "SCIG", "AChR", "MuSK", "United", "States", "Kingdom", "GBS", "Kawasaki"}
    for case in catalogue.cases.values():
        inside = re.findall(r"(?<![.:] )(?<!^)\b[A-Z]\w*", case.who)
        assert [word for word in inside if word not in known] == [], case.case
        assert not re.search(r"\b(he|she|his|her|mr|mrs|ms)\b", case.who, re.IGNORECASE)
        assert case.who.split()[0] in ("An", "A", "Two"), "starts with whom it is about"


def test_no_part_types_a_figure(catalogue):
    """A figure typed by hand could differ from its cell one day."""
    rows = [row for parts in catalogue.case_parts.values() for row in parts]
    assert [row.text for row in rows if re.search(r"\d", f"{row.text} {row.unaware or ''}")] == []
    assert [case.who for case in catalogue.cases.values() if re.search(r"\d", f"{case.who} {case.clash}")] == []


def test_every_case_has_a_patient_or_a_carer_and_someone_who_treats_or_pays(catalogue):
    for case, parts in catalogue.case_parts.items():
        held = {part.role for part in parts if part.kind == "role_card"}
        assert held <= set(PartRole.__args__)
        assert held & {"patient", "carer"}, case
        assert held & {"nurse", "doctor", "payer"}, case


@pytest.mark.parametrize("side", ["a", "b"])
def test_every_cell_of_a_key_is_known_in_the_comparison(catalogue, side):
    """The catalogue checks this with its own means; here the comparison itself is asked."""
    for name, parts in catalogue.case_parts.items():
        found = getattr(lesson(catalogue, name), side)
        used = [result.option.option for result in found.options if result.used]
        rows = {row.id: {cell.option: cell for cell in row.cells} for row in questions(found, catalogue, used)}
        for part in parts:
            for cell in part.cells:
                where, option, row = cell.split("/")
                if where != side:
                    continue
                assert option in used
                if row == "match":
                    assert found.match is not None
                    assert option in {each.option for each in found.match.options}
                elif row not in ("verdict", "reasons"):
                    assert rows[row][option].known, f"{name}: {cell}"


def test_the_two_scenarios_of_a_case_teach_a_difference(catalogue):
    """A verdict or the lead is not the same; where it is, the case is about why not."""
    for name, case in catalogue.cases.items():
        found = contrast(*(getattr(lesson(catalogue, name), side) for side in ("a", "b")))
        first = [option for option in found.options if option.a.role.role in ("first_choice", "alternative")]
        changed = any(option.verdict for option in found.options) or found.leaders is not None
        assert changed or all(option.burden for option in first), case.title


def test_the_road_changes_no_first_choice_in_gbs(catalogue):
    found = lesson(catalogue, "gbs-travel")
    for option in ("ivig", "plasma_exchange"):
        assert found.a.option(option).verdict == found.b.option(option).verdict == "suitable"
        assert found.a.option(option).burden.hours != found.b.option(option).burden.hours


def test_a_query_says_no_more_than_it_means(catalogue):
    """What is the default already is left out, so that every word of a query is a difference."""
    for case in catalogue.cases.values():
        given = {"condition": case.condition, "situation": case.situation}
        for query in (case.scenario_a or "", case.scenario_b or ""):
            pairs = dict(parse_qsl(query))
            for key in pairs:
                fewer = {name: value for name, value in pairs.items() if name != key}
                if key in ("prices", "mg_antibody"):
                    continue  # named on both sides, though one of them is the default
                assert compare_query(catalogue, {**given, **fewer}) != compare_query(catalogue, {**given, **pairs})


def compare_query(catalogue, pairs):
    from decision.scenario import read

    return compare(catalogue, read(pairs, catalogue)[0]).scenario


def test_every_wording_has_a_row_with_a_study_that_can_be_opened(catalogue):
    assert tuple(catalogue.frames) == FRAMES
    for frame in catalogue.frames.values():
        cited = [catalogue.sources[source] for source in frame.source_ids]
        assert cited
        assert all(source.type != "own_wording" and (source.doi or source.url) for source in cited)
        assert frame.status == "seen"
