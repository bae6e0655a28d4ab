"""Whatever stands in the address, the page shows a valid comparison."""

from __future__ import annotations

import random

import pytest
from page_reading import columns, decision, document, expected, listed_out, notices, only, out, text, used

from decision.scenario import CHOICES, CRITERIA, HEALTH, NUMBERS, OPTIONS
from decision.ui.path import ADDRESS, first_page

PLACES = {
    "condition": ("cidp", "gbs", "itp_adult", "pi_antibody", "kawasaki", "CIDP", "nothing"),
    "situation": ("maintenance", "start", "bleeding_now", "first_treatment", "cannot_walk", "nowhere"),
}
JUNK = (
    "",
    " ",
    ",",
    "0",
    "-1",
    "1e309",
    "nan",
    "inf",
    "-inf",
    "٣",
    "½",
    "null",
    "None",
    "yes",
    "é́🩸",
    "a" * 3000,
    "%00",
    "\u202e",
    "'; DROP TABLE rules; --",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{0}",
    "{why}",
    "../../etc/passwd",
    "$x$ **bold** [link](https://example.org)",
)


def any_query(seed: int) -> dict[str, str]:
    """Return a query of known and unknown keys with sensible and senseless values."""
    chance = random.Random(seed)
    query = {}
    for key, values in PLACES.items():
        if chance.random() < 0.8:
            query[key] = chance.choice(values)
    for key, values in CHOICES.items():
        if chance.random() < 0.3:
            query[key] = chance.choice((*values, chance.choice(JUNK)))
    for key, (low, high) in NUMBERS.items():
        if chance.random() < 0.3:
            query[key] = chance.choice((str(chance.randint(int(low), int(high))), chance.choice(JUNK)))
    if chance.random() < 0.5:
        query["health"] = ",".join(chance.sample((*HEALTH, *JUNK[:4]), chance.randint(0, 9)))
    for prefix, names in (("price.", OPTIONS), ("w.", CRITERIA)):
        if chance.random() < 0.4:
            query[prefix + chance.choice((*names, "nothing"))] = chance.choice(("5", "250", chance.choice(JUNK)))
    query["show"] = chance.choice(("", "ivig", ",".join(OPTIONS), "nothing,ivig", chance.choice(JUNK)))
    query["view"] = chance.choice(("picture", "numbers", chance.choice(JUNK)))
    query["frame"] = chance.choice(("happens", "happens_not", chance.choice(JUNK)))
    if chance.random() < 0.5:
        query[chance.choice(JUNK[13:])] = chance.choice(JUNK)
    return {key: value for key, value in query.items() if key}


@pytest.mark.parametrize("seed", range(30))
def test_any_address_gives_a_valid_comparison(open_page, catalogue, words, seed):
    query = {**any_query(seed), "all": "yes"}
    at = open_page(query)
    comparison = expected(query, catalogue)
    assert not at.exception
    assert not at.error
    assert text(only(document(at), "decision")) == decision(comparison, catalogue)
    assert columns(at) == used(comparison, words)
    assert listed_out(at) == out(comparison)
    assert notices(at) == list(comparison.notices)


@pytest.mark.parametrize("seed", range(30, 36))
def test_the_address_that_the_page_writes_opens_the_same_comparison(open_page, catalogue, words, seed):
    at = open_page({**any_query(seed), "all": "yes"})
    again = open_page(dict(at.query_params))
    at.run()
    assert again.query_params == at.query_params
    body = {"health", "pregnancy", "age_group", "weight_kg"}
    if not body & any_query(seed).keys():
        assert columns(again) == columns(at)


@pytest.mark.parametrize(
    "address", ["http://host:8501", "http://host:8501/", "https://host/aids/ig", "http://[::1]:8501"]
)
@pytest.mark.parametrize("page", ["", *(f"/{page}" for page in ADDRESS.values())])
@pytest.mark.parametrize("query", ["", "?condition=cidp&first=cost"])
def test_a_link_leads_to_the_first_page_from_wherever_it_is_made(address, page, query):
    assert first_page(f"{address.rstrip('/')}{page}{query}") == f"{address.rstrip('/')}/"
