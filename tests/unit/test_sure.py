"""The SURE test stands apart with its notice, and a "no" leads to a talk, never to a score."""

import itertools
import re
import tomllib

import pytest
import tiny
from hypothesis import given
from hypothesis import strategies as st

from decision.rows import TABLES
from decision.sure import SURE_FILE, conclusion, introduction, sure_test, unsettled
from decision.wording import Words

WORDS = Words({row.phrase: row.text for row in tiny.SHIPPED_PHRASES})
TEST = sure_test()
NAMES = [row.item for row in TEST.items]

# ------------------------------------------------------------ the file and its notice


def test_four_questions_whose_first_letters_spell_the_name():
    assert "".join(row.item[0] for row in TEST.items).upper() == "SURE"
    assert all(row.text.endswith("?") for row in TEST.items)
    assert len({row.text for row in TEST.items}) == 4


def test_the_notice_says_whose_it_is_where_it_stands_and_what_may_be_done():
    assert "©" in TEST.copyright
    assert re.search(r"\b(19|20)\d\d\b", TEST.citation)
    assert TEST.terms_url.startswith("https://decisionaid.ohri.ca/")
    said = " ".join(TEST.terms)
    assert all(word in said for word in ("cited", "profit", "not altered"))
    assert "CC BY" in SURE_FILE.read_text(encoding="utf-8").partition("title")[0]


def test_the_questions_are_no_phrase_and_no_table_of_ours():
    """So that no translation, no reading test and no licence of the tables reaches them."""
    assert SURE_FILE.stem not in TABLES
    for row in TEST.items:
        assert row.text not in WORDS.phrases.values()


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (lambda text: text.replace("[notice]", "[other]"), "notice"),
        (lambda text: re.sub(r"citation = .*", 'citation = ""', text), "citation"),
        (lambda text: text.replace('[[items]]\nitem = "encouragement"', '[other]\nitem = "encouragement"'), "four"),
        (lambda text: text + "\n]]", "not in order"),
        (lambda _: "items = 3\n[notice]\n", "not in order"),
        (lambda _: None, "cannot be read"),
    ],
)
def test_without_its_notice_it_is_not_shown(tmp_path, broken, says):
    path = tmp_path / "sure.toml"
    text = broken(SURE_FILE.read_text(encoding="utf-8"))
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=says) as caught:
        sure_test(path)
    assert str(caught.value).startswith("sure.toml ")
    assert "put the file of the release back" in str(caught.value)


def test_the_file_is_plain_toml():
    assert {"title", "items", "notice"} <= set(tomllib.loads(SURE_FILE.read_text(encoding="utf-8")))


# --------------------------------------------------------------------- the answers

answers = st.dictionaries(st.sampled_from([*NAMES, "another"]), st.booleans())


@given(answers)
def test_one_no_is_enough_and_only_four_yes_settle(said):
    """Yes counts 1; 3 or less of 4 is positive in the source, whatever is still open."""
    asked = [said[name] for name in NAMES if name in said]
    best_score = 4 - asked.count(False)
    expected = True if best_score <= 3 else False if len(asked) == 4 else None
    assert unsettled(said, TEST) is expected


@given(answers)
def test_each_no_gets_its_help_and_nothing_else_does(said):
    found = conclusion(said, TEST, WORDS)
    noes = [name for name in NAMES if said.get(name) is False]
    helps = [WORDS(f"sure.help.{name}") for name in NAMES]
    assert [text for text in found if text in helps] == [WORDS(f"sure.help.{name}") for name in noes]
    assert bool(found) == (unsettled(said, TEST) is not None)


def test_no_answer_gives_a_score():
    for said in itertools.product((True, False), repeat=4):
        text = " ".join(conclusion(dict(zip(NAMES, said, strict=True)), TEST, WORDS))
        assert text
        assert not re.search(r"\d|score|wrong|fail|point[s ]of", text, re.IGNORECASE)


def test_it_is_optional_and_says_that_nothing_is_kept():
    assert "leave them out" in introduction(WORDS)
    assert "not kept" in introduction(WORDS)
