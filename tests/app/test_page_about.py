"""About: the reading grade is that of the tables that are served, measured when the page is opened."""

from page_reading import change

from decision import reading

HARD = "The administration of intravenous immunoglobulin necessitates hospitalisation and continuous supervision."


def said(at):
    return [paragraph.value for paragraph in at.markdown]


def open_about(open_page):
    at = open_page()
    at.switch_page("decision/ui/pages/about.py").run()
    assert not at.exception
    return at


def test_the_reading_grade_is_shown_as_measured(open_page, catalogue, words):
    at = open_about(open_page)
    found = reading.report(catalogue)
    assert words("about.reading.title") in [header.value for header in at.header]
    shown = words(
        "about.reading",
        passages=f"{found.passages:,}",
        median=words.number(found.median),
        highest=words.number(found.highest),
    )
    assert shown in said(at)
    assert words("about.reading.how", library=found.library, names=f"{found.names:,}") in said(at)
    assert words("about.reading.labels", labels=f"{found.labels:,}") in said(at)
    assert not any(words("about.reading.too_hard", n="").strip() in text for text in said(at))


def test_texts_that_are_too_hard_are_counted(open_page, tables, words):
    change(tables / "conditions.csv", 2, "description", HARD)
    assert words("about.reading.too_hard", n="1") in said(open_about(open_page))
