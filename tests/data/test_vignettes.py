"""Whole people: what the engine answers against what was expected for them, in public cases.

A case says for some options which verdict is right, and whether that is certain.
Cases of conditions that the tables do not hold are passed over.
"""

import json
from pathlib import Path

import pytest

from decision import compare
from decision.scenario import read

CASES = json.loads(Path(__file__).with_name("vignettes.json").read_text(encoding="utf-8"))
OPPOSITE = {("suitable", "not_suitable"), ("not_suitable", "suitable")}


@pytest.fixture(scope="module")
def answers(catalogue):
    """Return for each case and option: the case, the option, expected, got, and the verdict by role alone."""
    found = []
    for case in CASES:
        if case["scenario"]["condition"] in catalogue.conditions:
            scenario, notices = read(case["scenario"], catalogue)
            assert notices == (), case["id"]
            result = compare(catalogue, scenario)
            for option, expected in case["expect"].items():
                row = result.option(option)
                found.append((case, option, expected, row.verdict, row.role.base_verdict))
    return found


def readably(answers):
    """Return each answer that differs from what was expected, as a line."""
    return [
        f"{case['id']} ({case['title']}), {option}: expected {expected}, got {got}, by role {base}"
        + ("" if case["certain"][option] else " (not certain)")
        for case, option, expected, got, base in answers
        if expected != got
    ]


def share(answers):
    return sum(expected == got for _, _, expected, got, _ in answers) / len(answers)


def test_cases_are_whole():
    assert len({case["id"] for case in CASES}) == len(CASES)
    assert all(set(case) == {"id", "title", "scenario", "expect", "certain"} for case in CASES)
    assert all(set(case["expect"]) == set(case["certain"]) for case in CASES)


def test_where_it_is_certain_the_answer_is_never_the_opposite(answers):
    wrong = [answer for answer in answers if answer[0]["certain"][answer[1]] and answer[2:4] in OPPOSITE]
    assert readably(wrong) == []


def test_nearly_all_answers_are_exact(answers):
    assert share(answers) >= 0.97, "\n".join(readably(answers))


def test_what_a_rule_decides_is_exact_nine_times_in_ten(answers):
    """Where the expected verdict or the answer is not that of the role, a rule has to decide."""
    by_rule = [answer for answer in answers if answer[4] not in answer[2:4] or answer[2] != answer[3]]
    by_rule = [answer for answer in by_rule if {answer[2], answer[3]} != {answer[4]}]
    assert by_rule
    assert share(by_rule) >= 0.90, "\n".join(readably(by_rule))
