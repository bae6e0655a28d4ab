"""Questions to check one's own understanding, made from the cells of the comparison at hand.

Five to eight for every situation: what a figure is, what is not known, how sure
a figure is, what goes with no treatment, where and how long a treatment takes,
when to call for help, and that no page is a reason to stop. Each kind is a
function that yields its questions, the best first. After an answer comes an
explanation from the same cell with its sources; nothing is counted or kept.

A question is made only where one choice is right and the others are clearly
wrong: the figure is checked and rated low or better, wrong figures lie outside
its range and at least a tenth of all people away, and of two options compared
the ranges do not touch. Figures without a comparison group are never compared.

Rule of order: choices stand in the order of a hash of situation, question and
choice (SHA-256, the same on every machine and in every language), "I am not
sure" last. So the place of a choice says nothing about whether it is right.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from decision import wording
from decision.catalogue import Catalogue
from decision.comparison import Comparison
from decision.effects import Estimate
from decision.result import OptionResult, OutcomeResult
from decision.rows import OnsetRow, Sourced
from decision.statement import effect_size, shown_difference, size, statement
from decision.wording import Words

FEWEST, MOST = 5, 8
APART = 0.1
"""Share of all people by which two figures offered differ at least."""
WIDEST = 0.4
"""A figure whose range is wider than this share of all people is not asked for: it is hardly known."""
NEAR = 0.5
"""Wrong figures lie no further off than this share of all people where that leaves a choice, so that they tempt."""
RATED = ("high", "moderate", "low")
"""Ratings of figures that are asked for; what is surer to change than to hold is not worth learning."""
TIMES_LONGER, HOURS_LONGER = 1.5, 1.0
"""A treatment takes clearly more time if its hours are so many times, and so many hours, those of the other."""
NOT_KNOWN = ("no_trial", "not_reported", "not_found")
"""Reasons for which nothing is known at all; for the others something is, so that the answer is not plain."""
GRADES = ("high", "moderate", "low", "very_low")


@dataclass(frozen=True)
class KnowledgeQuestion:
    """A question with two to four choices, the last being "I am not sure", and one right choice."""

    id: str
    kind: str
    text: str
    choices: tuple[str, ...]
    right: int
    explanation: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class _Setting:
    """What every kind of question is made from."""

    comparison: Comparison
    catalogue: Catalogue
    shown: tuple[OptionResult, ...]
    words: Words

    @property
    def place(self) -> str:
        return f"{self.comparison.condition.condition}/{self.comparison.situation.situation}"

    def mixed(self, name: str) -> str:
        """Return a hash of a name in this situation: an order that is fixed and says nothing."""
        return hashlib.sha256(f"{self.place}/{name}".encode()).hexdigest()

    def question(
        self, kind: str, about: str, text: str, right: str, wrong: dict[str, str], explanation: str,
        rows: Sequence[Sourced],
    ) -> KnowledgeQuestion:  # fmt: skip
        """Return a question, its choices in the order of the rule. `wrong`: choices by a name that is no text."""
        name = f"{kind}.{about}" if about else kind
        offered = {"right": right, **wrong}
        order = sorted(offered, key=lambda key: self.mixed(f"{name}/{key}"))
        return KnowledgeQuestion(
            id=name,
            kind=kind,
            text=text,
            choices=(*(offered[key] for key in order), self.words("knowledge.not_sure")),
            right=order.index("right"),
            explanation=explanation,
            sources=tuple(dict.fromkeys(source for row in rows for source in row.source_ids)),
        )


def knowledge_questions(
    comparison: Comparison, catalogue: Catalogue, options: Sequence[str]
) -> tuple[KnowledgeQuestion, ...]:  # fmt: skip
    """Return five to eight questions on the options shown, the same for the same comparison.

    In: option ids; where they give too few questions, or fewer than two of them are treatments here, all
    treatments take part. A question on no treatment may come in, shown or not.
    """
    used = tuple(result for result in comparison.options if result.used)
    shown = tuple(result for result in used if result.option.option in options)
    words = catalogue.words
    if len(shown) > 1:
        questions = _chosen(_Setting(comparison, catalogue, shown, words))
        if len(questions) >= FEWEST:
            return questions
    return _chosen(_Setting(comparison, catalogue, used, words))


def _chosen(setting: _Setting) -> tuple[KnowledgeQuestion, ...]:
    """Return one question of each kind, each about another cell; more of a kind only where there are too few."""
    always = (_urgent if setting.comparison.situation.urgent else _decides, _stop)
    last = [question for kind in always for question in kind(setting)]
    first: list[KnowledgeQuestion] = []
    waiting: list[KnowledgeQuestion] = []
    for kind in KINDS:
        found = list(kind(setting)) if kind not in always else []
        met = {_cell(question) for question in first}
        fresh = next((question for question in found if _cell(question) not in met), None)
        first += [fresh] if fresh else []
        waiting += [question for question in found if question is not fresh]
    first = first[: MOST - len(last)]
    missing = max(0, FEWEST - len(last) - len(first))
    return (*first, *waiting[:missing], *last)


def reply(question: KnowledgeQuestion, choice: int, words: Words) -> str:
    """Return what is said after a choice: whether it is right, what is right, and why. Never a score.

    Raises IndexError for a choice that was not offered.
    """
    if not 0 <= choice < len(question.choices):
        raise IndexError(f"{question.id} has {len(question.choices)} choices")
    told = {"right": question.choices[question.right], "why": question.explanation}
    if choice == question.right:
        return words("knowledge.right", **told)
    return words("knowledge.open" if choice == len(question.choices) - 1 else "knowledge.wrong", **told)


def introduction(words: Words) -> str:
    """Return the sentence to stand before the questions: they are optional, nothing is counted or kept."""
    return words("knowledge.introduction")


# ----------------------------------------------------------------------- figures


def _effect(setting: _Setting) -> Iterator[KnowledgeQuestion]:
    """More or fewer, beside the group that is measured against: only where the range leaves out no difference."""
    words = setting.words
    for result, cell in _mixed_cells(setting, "effect"):
        outcome, risk, row = cell.outcome, cell.risk, cell.row
        gap = shown_difference(risk, outcome.per)
        if row is None or not _sound(cell) or risk.comparison == "single_arm" or risk.clear is not True or not gap:
            continue
        if size(gap, outcome.per, effect_size(outcome, setting.catalogue.effect_sizes)) == "none":
            continue
        assert risk.with_option is not None
        assert risk.reference is not None
        way, other = ("more", "fewer") if gap > 0 else ("fewer", "more")
        values = [words.out_of(risk.value * outcome.per, outcome.per) for risk in (risk.with_option, risk.reference)]
        said = statement(cell, result, setting.catalogue.effect_sizes, words)
        yield setting.question(
            "effect",
            f"{outcome.outcome}.{result.option.option}",
            words("knowledge.effect", question=outcome.question, name=result.name, group=_group(cell)),
            words(f"knowledge.effect.{way}"),
            {"other": words(f"knowledge.effect.{other}"), "same": words("knowledge.effect.same")},
            f"{words('knowledge.effect.why', value=values[0], reference=values[1])} {said}",
            (row, outcome),
        )


def _benefit(setting: _Setting) -> Iterator[KnowledgeQuestion]:
    yield from _counts(setting, "benefit", ("benefit",))


def _harm(setting: _Setting) -> Iterator[KnowledgeQuestion]:
    yield from _counts(setting, "harm", ("serious_harm", "common_side_effects"))


def _counts(setting: _Setting, kind: str, criteria: Sequence[str]) -> Iterator[KnowledgeQuestion]:
    """Out of so many people, about how many; compared figures before those of one group."""
    cells = [pair for pair in _mixed_cells(setting, kind) if pair[1].outcome.criterion in criteria]
    for result, cell in sorted(cells, key=lambda pair: pair[1].risk.comparison == "single_arm"):
        if (question := _count(setting, kind, result, cell)) is not None:
            yield question


def _count(
    setting: _Setting, kind: str, result: OptionResult, cell: OutcomeResult
) -> KnowledgeQuestion | None:  # fmt: skip
    words, outcome, who = setting.words, cell.outcome, _who(result, cell)
    about = f"{outcome.outcome}.{result.option.option}"
    if not _sound(cell):
        return None
    assert cell.risk.with_option is not None
    per, source = outcome.per, cell.row or outcome
    # Hashed under a name of its own: the hash that picks a choice must not be the one that places it.
    wrong = _wrong_counts(cell.risk.with_option, per, lambda n: setting.mixed(f"wrong/{kind}.{about}/{n}"))
    if len(wrong) < 2:
        return None
    value = words.out_of(cell.risk.with_option.value * per, per)
    why = [words("knowledge.count.why", name=who, value=value, happens=outcome.happens)]
    ends = [None if end is None else end * per for end in (cell.risk.with_option.low, cell.risk.with_option.high)]
    if span := words.span(*ends):
        why.append(words("cell.range", range=span))
    if cell.risk.comparison in ("single_arm", "indirect"):
        why.append(words(f"cell.{cell.risk.comparison}"))
    why.append(words(f"certainty.long.{source.certainty}"))
    return setting.question(
        kind,
        about,
        words(
            "knowledge.count", name=who, question=outcome.question, per=words.number(per), time=source.follow_up or ""
        ),
        value,
        {str(n): words.out_of(n, per) for n in wrong},
        " ".join(why),
        (source, outcome),
    )


def _wrong_counts(risk: Estimate, per: int, mix: Callable[[int], str]) -> list[int]:
    """Return two counts that are clearly wrong: outside the range, and apart from the right one and each other."""
    right, apart = wording.people(risk.value * per), round(per * APART)
    low = right if risk.low is None else wording.people(risk.low * per)
    high = right if risk.high is None else wording.people(risk.high * per)
    if high - low > per * WIDEST:
        return []
    possible = [n for n in range(1, per) if not low <= n <= high and abs(n - right) >= apart]
    near = [n for n in possible if abs(n - right) <= per * NEAR]
    possible = near if len({n // apart for n in near}) > 2 else possible
    found: list[int] = []
    for n in sorted(possible, key=mix):
        if all(abs(n - other) >= apart for other in found):
            found.append(n)
        if len(found) == 2:
            break
    return found


def _unknown(setting: _Setting) -> Iterator[KnowledgeQuestion]:
    """What is not known: that nobody knows is the right answer."""
    for result, cell in sorted(_mixed_cells(setting, "unknown"), key=lambda pair: pair[1].outcome.criterion):
        if (
            result.option.option != "no_treatment"
            and (question := _gap(setting, "unknown", result, cell, "")) is not None
        ):
            yield question


def _gap(
    setting: _Setting, kind: str, result: OptionResult, cell: OutcomeResult, besides: str
) -> KnowledgeQuestion | None:  # fmt: skip
    """Ask for a figure that is not known; not where the note gives another figure that could be taken for it."""
    words, row = setting.words, cell.row
    if cell.known or row is None or row.unknown_reason not in NOT_KNOWN or row.status != "seen":
        return None
    if _has_figure(f"{row.note} {row.conflict}"):
        return None
    why = besides if besides and not _has_figure(besides) else words("knowledge.unknown.why")
    return setting.question(
        kind,
        f"{cell.outcome.outcome}.{result.option.option}",
        words("knowledge.unknown", name=result.name, question=cell.outcome.question),
        words("knowledge.unknown.right"),
        {"most": words("knowledge.unknown.most"), "few": words("knowledge.unknown.few")},
        f"{words(f'unknown.{row.unknown_reason}')} {why}",
        (row,),
    )


def _without(setting: _Setting) -> Iterator[KnowledgeQuestion]:
    """What happens with no treatment: its figure for a benefit, or that there is none."""
    here = setting.comparison.situation
    for result in setting.comparison.options:
        if result.option.option != "no_treatment" or not result.used:
            continue
        benefits = [cell for cell in result.outcomes if cell.outcome.criterion == "benefit"]
        for cell in benefits:
            if (question := _count(setting, "without", result, cell)) is not None:
                yield question
        for cell in benefits:
            if (question := _gap(setting, "without", result, cell, here.without_treatment)) is not None:
                yield question


def _sure(setting: _Setting) -> Iterator[KnowledgeQuestion]:
    """How sure a figure is: wrong are only ratings two steps away, as one step is a matter of opinion."""
    words = setting.words
    for result, cell in sorted(_mixed_cells(setting, "sure"), key=lambda pair: pair[1].outcome.criterion != "benefit"):
        source = cell.row or cell.outcome
        if not cell.known or not _checked(cell) or source.certainty not in GRADES:
            continue
        at = GRADES.index(source.certainty)
        far = [name for step, name in enumerate(GRADES) if abs(step - at) > 1]
        yield setting.question(
            "sure",
            f"{cell.outcome.outcome}.{result.option.option}",
            words("knowledge.sure", name=_who(result, cell), question=cell.outcome.question),
            words(f"knowledge.sure.{source.certainty}"),
            {name: words(f"knowledge.sure.{name}") for name in far},
            f"{words(f'certainty.long.{source.certainty}')} {source.certainty_reason}",
            (source,),
        )


# ------------------------------------------------------------------- daily life


def _home(setting: _Setting) -> Iterator[KnowledgeQuestion]:
    """Which of the options is given under the skin at home: one that always is, among some that never are."""
    words = setting.words
    known = [result for result in setting.shown if result.regimen is not None and _all_seen(result)]
    right = [result for result in known if _only_skin_at_home(result)]
    never = [result for result in known if not _may_be_skin_at_home(result)]
    for result in sorted(right, key=lambda result: setting.mixed(f"home/{result.option.option}")):
        if not never or result.regimen is None:
            continue
        others = sorted(never, key=lambda other: setting.mixed(f"home.{result.option.option}/{other.option.option}"))
        yield setting.question(
            "home",
            result.option.option,
            words("knowledge.home"),
            result.name,
            {other.option.option: other.name for other in others[:2]},
            words("knowledge.why", name=result.name, text=result.regimen.text),
            (result.regimen, *result.agents),
        )


def _only_skin_at_home(result: OptionResult) -> bool:
    assert result.regimen is not None
    always = all(agent.routes == ("skin",) and agent.at_home in ("yes", "nurse") for agent in result.agents)
    return result.regimen.setting == "home" and bool(result.agents) and always


def _may_be_skin_at_home(result: OptionResult) -> bool:
    at_home = any(agent.at_home in ("yes", "nurse", "skin_only", "trial") for agent in result.agents)
    return at_home and any("skin" in agent.routes for agent in result.agents)


def _all_seen(result: OptionResult) -> bool:
    assert result.regimen is not None
    return result.regimen.status == "seen" and all(agent.status == "seen" for agent in result.agents)


def _hospital(setting: _Setting) -> Iterator[KnowledgeQuestion]:
    """Where an option is given that can be given in a hospital only."""
    words = setting.words
    for result in sorted(setting.shown, key=lambda result: setting.mixed(f"hospital/{result.option.option}")):
        row = result.regimen
        if row is None or row.setting not in ("hospital", "hospital_stay") or not result.agents:
            continue
        if not _all_seen(result) or any(agent.at_home != "no" for agent in result.agents):
            continue
        yield setting.question(
            "hospital",
            result.option.option,
            words("knowledge.hospital", name=result.name),
            words("knowledge.hospital.right"),
            {"home": words("knowledge.hospital.home")},
            words("knowledge.why", name=result.name, text=f"{words(f'setting.{row.setting}')}. {row.text}"),
            (row, *result.agents),
        )


def _time(setting: _Setting) -> Iterator[KnowledgeQuestion]:
    """Which of two options takes more time in a month: both go on, and their ranges do not touch."""
    words = setting.words
    able = [
        result
        for result in setting.shown
        if result.burden.pattern == "repeated" and result.burden.hours and result.regimen
        and result.regimen.status == "seen"
    ]  # fmt: skip
    pairs = sorted(combinations(able, 2), key=lambda pair: setting.mixed(f"time/{_names(pair)}"))
    for pair in sorted(pairs, key=lambda pair: not all(_hours(result).value for result in pair)):
        less, more = sorted(pair, key=lambda result: _hours(result).value)
        top = _hours(less).high or _hours(less).value
        bottom = _hours(more).value if _hours(more).low is None else _hours(more).low
        assert bottom is not None
        if bottom < top * TIMES_LONGER or bottom - top < HOURS_LONGER:
            continue
        said = [
            words("knowledge.time.why", name=result.name, hours=words.hours(_hours(result).value))
            if _hours(result).value
            else words("knowledge.time.nothing", name=result.name)
            for result in (more, less)
        ]
        yield setting.question(
            "time",
            _names(pair),
            words("knowledge.time"),
            more.name,
            {less.option.option: less.name},
            " ".join((*said, words("knowledge.time.road"))),
            [result.regimen for result in (more, less) if result.regimen],
        )


def _hours(result: OptionResult) -> Estimate:
    assert result.burden.hours is not None
    return result.burden.hours


def _onset(setting: _Setting) -> Iterator[KnowledgeQuestion]:
    """Which of two options works sooner: the slowest start of one comes before the fastest of the other."""
    words = setting.words
    pairs = sorted(combinations(setting.shown, 2), key=lambda pair: setting.mixed(f"onset/{_names(pair)}"))
    for pair in pairs:
        rows = [result.onset for result in pair if result.onset and _dated(result)]
        if len(rows) < 2:
            continue
        first, second = pair if (rows[0].days_high or 0) <= (rows[1].days_high or 0) else pair[::-1]
        assert first.onset
        assert second.onset
        if (first.onset.days_high or 0) >= (second.onset.days_low or 0):
            continue
        said = [words("knowledge.why", name=result.name, text=row.text) for result, row in _with_onset(first, second)]
        yield setting.question(
            "onset",
            _names(pair),
            words("knowledge.onset"),
            first.name,
            {second.option.option: second.name},
            " ".join(said),
            rows,
        )


def _with_onset(*results: OptionResult) -> Iterator[tuple[OptionResult, OnsetRow]]:
    yield from ((result, result.onset) for result in results if result.onset)


def _dated(result: OptionResult) -> bool:
    row = result.onset
    known = row is not None and row.days_low is not None and row.days_high is not None
    return known and row is not None and row.status == "seen" and row.certainty in RATED


# ------------------------------------------------------------------------ always


def _urgent(setting: _Setting) -> Iterator[KnowledgeQuestion]:
    """What comes first when a sign of danger shows up; only where the page says when to call for help."""
    words = setting.words
    signs = [message for message in setting.comparison.messages if message.kind == "urgent"]
    if signs:
        yield setting.question(
            "urgent",
            "",
            words("knowledge.urgent"),
            words("knowledge.urgent.right"),
            {"wait": words("knowledge.urgent.wait"), "read": words("knowledge.urgent.read")},
            signs[0].text,
            signs[:1],
        )


def _decides(setting: _Setting) -> Iterator[KnowledgeQuestion]:
    words = setting.words
    yield setting.question(
        "decides",
        "",
        words("knowledge.decides"),
        words("knowledge.decides.right"),
        {"page": words("knowledge.decides.page"), "others": words("knowledge.decides.others")},
        words("knowledge.decides.why"),
        (),
    )


def _stop(setting: _Setting) -> Iterator[KnowledgeQuestion]:
    """Whether anything here is a reason to stop a treatment: never."""
    words = setting.words
    warnings = [message for message in setting.comparison.messages if message.kind == "do_not_stop"]
    yield setting.question(
        "stop",
        "",
        words("knowledge.stop"),
        words("knowledge.stop.right"),
        {"yes": words("knowledge.stop.yes"), "well": words("knowledge.stop.well")},
        " ".join((words("never_stop"), *(message.text for message in warnings))),
        warnings,
    )


KINDS: tuple[Callable[[_Setting], Iterator[KnowledgeQuestion]], ...] = (
    _effect, _benefit, _unknown, _without, _harm, _home, _time, _sure, _onset, _hospital, _urgent, _decides,
)  # fmt: skip
"""The kinds in the order in which they are asked and in which they make way where there are too many."""


# ----------------------------------------------------------------------- cells


def _mixed_cells(setting: _Setting, kind: str) -> list[tuple[OptionResult, OutcomeResult]]:
    """Return the cells of the options shown in a fixed order that prefers no option."""
    cells = [(result, cell) for result in setting.shown for cell in result.outcomes]
    return sorted(cells, key=lambda pair: setting.mixed(f"{kind}/{pair[1].outcome.outcome}/{pair[0].option.option}"))


def _sound(cell: OutcomeResult) -> bool:
    """Whether a figure is known, checked, and rated low or better."""
    return cell.known and _checked(cell) and (cell.row or cell.outcome).certainty in RATED


def _checked(cell: OutcomeResult) -> bool:
    """Whether the figure, and for a comparison that of its reference group too, was read in its source."""
    return "unchecked" not in (cell.outcome.status, cell.row.status if cell.row else cell.outcome.status)


def _has_figure(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def _who(result: OptionResult, cell: OutcomeResult) -> str:
    """Return whose figure it is: the group measured against has a name of its own, as it may not be on the option."""
    return _group(cell) if cell.is_reference and cell.row is None else result.name


def _group(cell: OutcomeResult) -> str:
    return wording.sentence(cell.outcome.reference_name or "")


def _names(pair: Sequence[OptionResult]) -> str:
    return ".".join(result.option.option for result in pair)


def _cell(question: KnowledgeQuestion) -> str:
    """Return which cell a question is about, so that two kinds do not ask about the same one."""
    return question.id.removeprefix(f"{question.kind}.")
