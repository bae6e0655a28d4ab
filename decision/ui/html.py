"""HTML for what Streamlit has no element for: the comparison table, verdict signs, details with sources.

Every text is escaped here; pictures come from `charts`, which escapes its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape
from pathlib import Path

from decision import charts
from decision.cells import Cell, Origin, Picture, Question
from decision.match import OptionMatch
from decision.result import OptionResult
from decision.rows import GlossaryTerm, Source
from decision.screening import Reason
from decision.sure import SureTest
from decision.wording import Words, sentence

Sources = Mapping[str, Source]

CLASSES = ("targeted_antibodies", "stem_cell_gene", "other_medicines")
"""Families whose options stand for named agents that a reader has to know."""


@lru_cache(maxsize=1)
def style() -> str:
    """Return the style sheet as an element."""
    return f"<style>{Path(__file__).with_name('style.css').read_text(encoding='utf-8')}</style>"


def paragraph(text: str, name: str) -> str:
    """Return a paragraph of a class."""
    return f'<p class="{name}">{escape(text)}</p>'


def urgent(title: str, texts: Iterable[str]) -> str:
    """Return the box that says what to do now."""
    return f'<div class="urgent" role="note"><h2>{escape(title)}</h2>{bullet_list(texts)}</div>'


def count_line(total: str, parts: Iterable[tuple[str, str]]) -> str:
    """Return how many options there are, and how many of each verdict."""
    marks = "".join(f"{charts.verdict_mark(verdict)} {escape(text)}" for verdict, text in parts)
    return f'<p class="count"><b>{escape(total)}</b>{marks}</p>'


def picture_key(words: Words) -> str:
    """Return what the dots of an icon array mean, each beside a dot of its kind."""
    shown = "".join(
        f'<span class="key"><svg class="dot" viewBox="0 0 10 10" width="12" height="12" aria-hidden="true">'
        f'<circle class="icon-{kind}" cx="5" cy="5" r="4"/></svg> {escape(words(f"key.{kind}"))}</span>'
        for kind in ("sure", "likely", "possible", "empty")
    )
    return f'<p class="quiet">{escape(words("key.person"))} {shown}</p>'


def comparison_table(
    results: Sequence[OptionResult],
    rows: Sequence[Question],
    words: Words,
    view: str,
    caption: str,
    sources: Sources,
    heads: str = "verdicts",
) -> str:
    """Return the comparison as one table, which a style sheet turns into cards on a phone.

    The roles repeat what the elements mean, because the cards change their
    display and browsers then drop the meaning of table elements.
    In: `view` is `picture`, `numbers` or `words`; `heads` is `verdicts`, or `names` for names alone.
    """
    columns = "".join(
        _head(result, words, sources)
        if heads == "verdicts"
        else f'<th scope="col" role="columnheader"><span class="name">{escape(result.name)}</span></th>'
        for result in results
    )
    verdicts = {result.option.option: result.verdict for result in results}
    body = "".join(_row(row, words, view, verdicts) for row in rows)
    return (
        f'<div class="compare-scroll" tabindex="0" role="region" aria-label="{escape(caption, quote=True)}">'
        f'<table class="compare" role="table"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row"><td role="cell" class="corner"></td>{columns}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _head(result: OptionResult, words: Words, sources: Sources) -> str:
    return (
        f'<th scope="col" role="columnheader"><span class="name">{escape(result.name)}</span>'
        f"{_names(result, words)}{verdict(result, words, sources)}</th>"
    )


def _names(result: OptionResult, words: Words) -> str:
    """Return the plain name of an option, and the medicines it stands for here."""
    agents = words.either(agent.agent for agent in result.agents)
    stands_for = ""
    if agents and result.option.family in CLASSES:
        stands_for = f'<span class="agents">{escape(words("stands_for"))} {escape(agents)}</span>'
    return f'<span class="plain">{escape(result.option.plain_name)}</span>{stands_for}'


def verdict(result: OptionResult, words: Words, sources: Sources) -> str:
    """Return the verdict: sign, word, heading, the deciding reason, and all reasons behind one click."""
    first = result.screened.reasons[0]
    more = _reasons(result, words, sources)
    mark, word = charts.verdict_mark(result.verdict), escape(words(f"verdict.{result.verdict}"))
    whose = f'<span class="unseen"> {escape(result.name)}</span>'
    return (
        f'<span class="verdict">{mark} <b>{word}</b></span>'
        f'<span class="heading">{escape(words(f"heading.{result.screened.heading}"))}</span>'
        f'<span class="reason">{escape(first.text)}</span>'
        f"<details><summary>{escape(words('reasons.title'))}{whose}</summary><ul>{more}</ul></details>"
    )


def _reasons(result: OptionResult, words: Words, sources: Sources) -> str:
    """Return all reasons and what must not be stopped, as items of a list."""
    more = "".join(f"<li>{_reason(reason, words, sources)}</li>" for reason in result.screened.reasons)
    return more + "".join(f"<li><b>{escape(m.text)}</b></li>" for m in result.messages if m.kind == "do_not_stop")


def _reason(reason: Reason, words: Words, sources: Sources) -> str:
    change = f" {_change(reason, words)}" if reason.changes_if else ""
    unchecked = "" if reason.status == "seen" else f' <span class="unchecked">{escape(words("unchecked"))}</span>'
    return f"{escape(reason.text)}{change}{unchecked}{_cited(reason, words, sources)}"


def _cited(reason: Reason, words: Words, sources: Sources) -> str:
    """Return the sources of a reason, each a link where it can be opened."""
    named = "; ".join(citation(sources[source]) for source in reason.source_ids)
    return f'<span class="note">{escape(words("origin.source"))}: {named}</span>'


def _change(reason: Reason, words: Words) -> str:
    """Return what would change a reason, or that nothing here would."""
    if reason.changes_if is None:
        return escape(words("out.nothing"))
    return f"<strong>{escape(words('out.open'))}</strong> {escape(reason.changes_if)}"


def _row(row: Question, words: Words, view: str, verdicts: Mapping[str, str]) -> str:
    cells = "".join(
        f'<td role="cell" class="{_state(cell)}">{_cell(cell, row, words, view, verdicts[cell.option])}</td>'
        for cell in row.cells
    )
    note = f'<span class="note">{escape(row.note)}</span>' if row.note else ""
    return f'<tr role="row"><th scope="row" role="rowheader">{escape(row.text)}{note}</th>{cells}</tr>'


def question_cards(results: Sequence[OptionResult], row: Question, words: Words, view: str) -> str:
    """Return one question with the answer for each option, one below the other."""
    verdicts = {result.option.option: result.verdict for result in results}
    note = f'<p class="note">{escape(row.note)}</p>' if row.note else ""
    said = [_cell(cell, row, words, view, verdicts[cell.option], wide=True) for cell in row.cells]
    cards = "".join(
        f'<section class="answer-card {_state(cell)}">{inside}</section>'
        for cell, inside in zip(row.cells, said, strict=True)
    )
    return f'<div class="question"><h2>{escape(row.text)}</h2>{note}{cards}</div>'


def _state(cell: Cell) -> str:
    """Return the class of a cell: known, not known, or known and kept apart, as it must not be read beside others."""
    if not cell.known:
        return "unknown"
    return "known apart" if cell.apart else "known"


def _cell(cell: Cell, row: Question, words: Words, view: str, verdict: str, wide: bool = False) -> str:
    """Return what a cell says. What the figure means stands there in words, or where there is room for it."""
    picture = charts.cell_picture(cell, row.text, words) if view == "picture" else ""
    lines = "".join(f'<span class="line">{escape(line)}</span>' for line in cell.lines if line)
    told = cell.known and cell.statement and (wide or view == "words")
    said = f'<span class="statement">{escape(cell.statement or "")}</span>' if told else ""
    headline = cell.sentence if view == "words" and cell.sentence else cell.headline
    who = f'<span class="who">{charts.verdict_mark(verdict)} {escape(cell.name)}</span>'
    return (
        f'{who}<span class="answer">{picture}<span class="figures"><span class="headline">{escape(headline)}</span>'
        f"{said}{lines}</span></span>{_foot(cell, row, words)}"
    )


def _foot(cell: Cell, row: Question, words: Words) -> str:
    sure = ""
    if cell.certainty:
        sure = f'<span class="sure">{escape(words("cell.how_sure"))}: <b>{escape(cell.certainty)}</b></span>'
    return sure + origin(cell.origin, f"{cell.name}, {row.text}", words)


def origin(found: Origin | None, about: str, words: Words) -> str:
    """Return where a figure comes from, one click away: the source's short name opens people, time, rating, funding."""
    if found is None or not found.sources:
        return ""
    names = words.listing([source.short for source in found.sources[:2]])
    if len(found.sources) > 2:
        names += f" + {words.number(len(found.sources) - 2)}"
    facts = "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in found.facts)
    cited = "".join(f"<dt>{escape(words('origin.source'))}</dt><dd>{citation(source)}</dd>" for source in found.sources)
    unchecked = "" if found.checked else f'<span class="unchecked">{escape(words("unchecked"))}</span>'
    summary = f'{escape(names)}<span class="unseen">: {escape(about)}</span>'
    return f'{unchecked}<details class="origin"><summary>{summary}</summary><dl>{facts}{cited}</dl></details>'


def citation(source: Source) -> str:
    """Return a source as a citation with its link."""
    address = f"https://doi.org/{source.doi}" if source.doi else source.url
    text = escape(source.citation)
    return f'<a href="{escape(address, quote=True)}" rel="noopener noreferrer">{text}</a>' if address else text


def progress(text: str, names: Sequence[str], now: int) -> str:
    """Return where a person is on the way: `Step 2 of 6`, and all steps with this one marked."""
    marks = ['class="done"' if index < now else 'class="to-come"' for index in range(len(names))]
    marks[now] = 'aria-current="step"'
    items = "".join(f"<li {mark}>{escape(name)}</li>" for mark, name in zip(marks, names, strict=True))
    return f'<div class="progress"><p><b>{escape(text)}</b></p><ol>{items}</ol></div>'


def card(parts: Iterable[tuple[str, str]], foot: str) -> str:
    """Return the opening card: short questions, each with its answer; `foot` is HTML."""
    shown = "".join(f"<h2>{escape(title)}</h2><p>{escape(text)}</p>" for title, text in parts)
    return f'<div class="card">{shown}{foot}</div>'


def option_card(result: OptionResult, words: Words, sources: Sources) -> str:
    """Return an option as a short card: its plain name, its verdict with the reason; more behind one tap."""
    mark, word = charts.verdict_mark(result.verdict), escape(words(f"verdict.{result.verdict}"))
    reason = escape(result.screened.reasons[0].text)
    more = (
        f"<p>{escape(result.option.description)}</p>{_names(result, words)}<ul>{_reasons(result, words, sources)}</ul>"
    )
    whose = f'<span class="unseen"> {escape(result.name)}</span>'
    return (
        f'<div class="option-card"><p class="plain">{escape(result.option.plain_name)}</p>'
        f"<p>{mark} <b>{word}.</b> {reason}</p>"
        f"<details><summary>{escape(words('options.more'))}{whose}</summary>{more}</details></div>"
    )


def ruled_out(results: Iterable[OptionResult], words: Words, sources: Sources) -> str:
    """Return the options that are ruled out, each with the reason and what would change it."""
    items = []
    for result in results:
        first = result.screened.reasons[0]
        items.append(
            f"<li>{charts.verdict_mark(result.verdict)} <b>{escape(result.name)}</b> "
            f'<span class="heading">{escape(words(f"heading.{result.screened.heading}"))}.</span> {escape(first.text)} '
            f"{_change(first, words)}{_cited(first, words, sources)}</li>"
        )
    return f'<ul class="out">{"".join(items)}</ul>'


def bullet_list(texts: Iterable[str], name: str = "") -> str:
    """Return texts as a list."""
    return f'<ul class="{name}">{"".join(f"<li>{escape(text)}</li>" for text in texts)}</ul>'


def safety(options: Iterable[OptionResult], words: Words) -> str:
    """Return what to know of each option that is a treatment here."""
    shown = (option for option in options if option.used and option.messages)
    return "".join(
        f'<p class="text"><b>{escape(option.name)}</b></p>'
        + bullet_list(f"{words(f'message.{message.kind}')} {message.text}" for message in option.messages)
        for option in shown
    )


def plain_table(head: Sequence[str], rows: Iterable[Sequence[str]], caption: str) -> str:
    """Return a small table with a caption; the first cell of a row heads it."""
    top = "".join(f'<th scope="col">{escape(text)}</th>' for text in head)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in row[1:])}</tr>'
        for row in rows
    )
    head_rows = f"<caption>{escape(caption)}</caption><thead><tr>{top}</tr></thead>"
    return f'<table class="plain">{head_rows}<tbody>{body}</tbody></table>'


def fact(head: str, text: str, conflict: str, known: bool, found: Origin, words: Words) -> str:
    """Return a fact of the evidence page: what it is about, what it says, and its origin one click away."""
    other = f'<span class="line">{escape(words("cell.conflict"))} {escape(conflict)}</span>' if conflict else ""
    gap = "" if known else f'<b class="gap">{escape(words("unknown"))}.</b> '
    return (
        f'<div class="fact"><span class="note">{escape(head)}</span><span class="line">{gap}{escape(text)}</span>'
        f"{other}{origin(found, text[:60], words)}</div>"
    )


def source_list(sources: Iterable[Source], words: Words) -> str:
    """Return sources as a list: citation with link, kind, funding, day of the last look."""
    items = "".join(
        f'<li>{citation(source)} <span class="note">{escape(words(f"source.{source.type}"))}; '
        f"{escape(words('origin.paid'))}: {escape(words(f'funding.{source.funding}'))}; "
        f"{escape(words('origin.checked'))}: {escape(words.day(source.checked))}</span></li>"
        for source in sources
    )
    return f'<ul class="sources">{items}</ul>'


def terms(rows: Iterable[GlossaryTerm]) -> str:
    """Return words with what they stand for and what they mean."""
    named = ((f"{row.term} ({row.expansion})" if row.expansion else row.term, row.meaning) for row in rows)
    items = "".join(f"<dt>{escape(term)}</dt><dd>{escape(meaning)}</dd>" for term, meaning in named)
    return f'<dl class="terms">{items}</dl>'


def heading(text: str) -> str:
    """Return a heading within a page."""
    return f'<h2 class="within">{escape(text)}</h2>'


def fold(title: str, inside: str) -> str:
    """Return a box that opens with a tap on its title; `inside` is HTML. What is in it is found by a search too."""
    return f'<details class="fold"><summary>{escape(title)}</summary><div>{inside}</div></details>'


def folded(title: str, about: str, inside: str) -> str:
    """Return something one tap away; `inside` is HTML, `about` is read aloud with the title."""
    whose = f'<span class="unseen"> {escape(about)}</span>'
    return f"<details><summary>{escape(title)}{whose}</summary>{inside}</details>"


def scroll(table: str, label: str) -> str:
    """Return a wide table in a box of its own that scrolls, with the keyboard too."""
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(label, quote=True)}">{table}</div>'


def option_match(match: OptionMatch, name: str, top: float, words: Words) -> str:
    """Return what the answers say about one option: for, against, not known, contributions, and how often it leads.

    `top` is the longest contribution of all options, so that the bars can be compared.
    """
    parts = []
    for side, texts in (("for", match.speaks_for), ("against", match.speaks_against), ("unknown", match.unknown)):
        shown = (
            "".join(f"<li>{escape(sentence(text))}</li>" for text in texts)
            or f"<li>{escape(words('values.none'))}</li>"
        )
        parts.append(f"<div><b>{escape(words(f'values.speaks.{side}'))}</b><ul>{shown}</ul></div>")
    bars = "".join(_contribution(criterion, ends, top, words) for criterion, ends in match.contributions.items())
    often = words("values.often", n=words.number(match.tenths)) if match.tenths else words("values.rarely")
    leads = f'<span class="line">{escape(match.leads_if)}</span>' if match.leads_if else ""
    return (
        f'<section class="match" aria-label="{escape(name, quote=True)}"><h3>{escape(name)}</h3>'
        f'<div class="sides">{"".join(parts)}</div><div class="bars">{bars}</div>'
        f'<span class="line"><b>{escape(often)}</b></span>{leads}</section>'
    )


def _contribution(criterion: str, ends: tuple[float, float, float] | None, top: float, words: Words) -> str:
    name = sentence(words(f"criterion.{criterion}"))
    if ends is None:
        unknown = escape(words("unknown"))
        return f'<span class="contribution unknown"><span class="note">{escape(name)}</span> {unknown}</span>'
    value, low, high = ends
    text = words("values.contribution", criterion=name, share=words.percent(max(0.0, value) / top))
    picture = charts.bar(Picture("bar", max(0.0, value), max(0.0, low), min(top, high), top), text)
    return f'<span class="contribution"><span class="note">{escape(name)}</span>{picture}</span>'


def reply(text: str, source_ids: Iterable[str], sources: Sources, words: Words) -> str:
    """Return what is said after an answer, with the sources of the figure one click away."""
    named = [sources[source] for source in source_ids if sources[source].type != "own_wording"]
    cited = "".join(f"<li>{citation(source)}</li>" for source in named)
    more = f"<details><summary>{escape(words('origin.source'))}</summary><ul>{cited}</ul></details>" if cited else ""
    return f'<div class="box reply"><p>{escape(text)}</p>{more}</div>'


def notice_of_test(test: SureTest) -> str:
    """Return the notice that must stand beside the SURE test."""
    terms = "".join(f"<li>{escape(term)}</li>" for term in test.terms)
    link = f'<a href="{escape(test.url, quote=True)}" rel="noopener noreferrer">{escape(test.citation)}</a>'
    head = f'<details class="notice-of-test"><summary>{escape(test.copyright)}</summary>'
    return f"{head}<p>{link}</p><ul>{terms}</ul></details>"
