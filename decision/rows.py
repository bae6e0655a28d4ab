"""The shape of every table in `data/`: one model a table, one field a column.

This file is the single home of the schema. `data/datapackage.json` and the
column tables of `data/README.md` are written from it (`make dictionary`), the
catalogue validates with it, and the engine receives these rows, frozen.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

# ---------------------------------------------------------------- vocabularies

Role = Literal["first_choice", "alternative", "add_on", "later_line", "not_recommended", "not_used", "research_only"]
Verdict = Literal["suitable", "caution", "not_suitable"]
Effect = Literal["note", "caution", "not_suitable"]
ReasonKind = Literal["role", "health", "logistics", "cost", "supply", "trial"]
Certainty = Literal["high", "moderate", "low", "very_low", "not_rated"]
Status = Literal["seen", "unchecked"]
SourceType = Literal[
    "rct", "systematic_review", "guideline", "label", "registry", "cohort", "price_list",
    "policy", "patient_info", "review", "own_wording",
]  # fmt: skip
Funding = Literal["industry", "public", "mixed", "unknown", "none"]
Family = Literal[
    "immunoglobulin", "blood_filtering", "targeted_antibodies", "stem_cell_gene", "other_medicines", "none"
]
Direction = Literal["benefit", "harm"]
Criterion = Literal["benefit", "serious_harm", "common_side_effects"]
Measure = Literal["RR", "OR", "HR", "RD", "proportion", "none"]
ComparisonKind = Literal["direct", "indirect", "single_arm", "none"]
UnknownReason = Literal[
    "no_trial", "single_arm_only", "not_reported", "not_found", "stopped_early", "not_comparable", "conflicting"
]
Pattern = Literal["single", "repeated", "none"]
Setting = Literal["hospital_stay", "hospital", "infusion_unit", "clinic", "home", "none"]
PriceUnit = Literal["gram", "session", "dose", "month", "year", "course"]
Jurisdiction = Literal["us", "uk", "canada", "australia", "france"]
Currency = Literal["USD", "GBP", "CAD", "AUD", "EUR"]
Plan = Literal["uk", "france", "canada", "australia"]
Tier = Literal["highest", "second", "lowest", "not_supported"]
Route = Literal["vein", "skin", "mouth", "muscle", "operation"]
AtHome = Literal["yes", "nurse", "no", "clinic", "trial", "skin_only"]
MessageKind = Literal["urgent", "do_not_stop", "before_start", "monitor", "also_part_of_care", "notice"]
AgeGroup = Literal["adult", "older_adult", "child", "infant"]
Aspect = Literal["work", "school", "travel", "sleep", "family", "pregnancy", "vaccines", "needles"]
Phase = Literal["start", "course", "interval", "medicine"]
PartKind = Literal["role_card", "question", "point"]
PartRole = Literal["patient", "carer", "nurse", "doctor", "payer"]
FrameName = Literal[
    "relative_change", "relative_risk", "one_in", "treat_one", "no_denominator", "gain", "loss", "absolute"
]
IpdasGroup = Literal["qualifying", "certification", "quality"]
IpdasCheck = Literal[
    "condition", "decision", "options", "good_points", "bad_points", "living", "equal_detail", "sources", "dates",
    "review", "uncertainty", "funding", "no_treatment", "side_by_side", "chances", "people_counted", "event_rates",
    "same_time", "same_people", "views", "values", "steps", "questions", "methods", "certainty", "authors", "reading",
    "people", "not_applicable",
]  # fmt: skip


def _split(value: object) -> object:
    """Turn a cell such as `a;b` into a tuple; blank becomes the empty tuple."""
    if value is None:
        return ()
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(";") if part.strip())
    return value


def _whole(value: object) -> object:
    """Read a whole number that a table holds as text."""
    return int(value) if isinstance(value, str) and value.isdigit() else value


class Translated:
    """Marks a column whose texts a translation carries over into another language."""


TRANSLATED = Translated()
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]*$")]
Words = Annotated[tuple[Text, ...], BeforeValidator(_split)]
Ids = Annotated[tuple[Id, ...], BeforeValidator(_split)]
SomeIds = Annotated[tuple[Id, ...], BeforeValidator(_split), Field(min_length=1)]
Prose = Annotated[Text, TRANSLATED]
"""What a person reads, in words of ours; the other texts are names, identifiers and what was read in a source."""

ProseList = Annotated[Words, TRANSLATED]
NotNegative = Annotated[float, Field(ge=0)]
Percent = Annotated[float, Field(ge=0, le=100)]
Count = Annotated[int, Field(ge=0)]
Day = Annotated[int, BeforeValidator(_whole), Field(ge=1)]


class Row(BaseModel):
    """A validated line of a table. Immutable; unknown columns are an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Sourced(Row):
    """A row that says where it comes from, when it was checked and whether it was read there."""

    source_ids: SomeIds = Field(description="Sources of the row, `;` between them.")
    checked: date = Field(description="Day on which the row was last compared with its source.")
    status: Status = Field(
        description="`seen`: read in the source. `unchecked`: not read there yet; the app marks it visibly."
    )


class Rated(Sourced):
    """A sourced row with a number whose certainty is stated."""

    population: Prose | None = Field(None, description="The people the number comes from.")
    follow_up: Prose | None = Field(None, description="Time over which the number was counted.")
    certainty: Certainty = Field(description="How sure (GRADE words).")
    certainty_by: Prose = Field(description="Who rated the certainty.")
    certainty_reason: Prose = Field(description="Why it is rated so, one plain sentence.")
    as_read: Text | None = Field(None, description="The literal figures read in the source.")


# ------------------------------------------------------------- words and sources


class Source(Row):
    """Where a fact was read."""

    source: Id = Field(description="Identifier of the source.")
    citation: Text = Field(description="Authors, title, journal, year.")
    short: Text = Field(description="Short name shown at a cell, such as `ICE 2008`.")
    year: Annotated[int, Field(ge=1900, le=2030)] | None = Field(None, description="Year of publication.")
    doi: Annotated[str, StringConstraints(pattern=r"^10\.\d{4,9}/\S+$")] | None = Field(
        None, description="DOI, only where it was read."
    )
    pmid: Annotated[str, StringConstraints(pattern=r"^\d{1,8}$")] | None = Field(
        None, description="PubMed number, only where it was read."
    )
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = Field(
        None, description="Address at which the source was read."
    )
    type: SourceType = Field(description="Kind of source.")
    funding: Funding = Field(description="Who paid for the study or text.")
    checked: date = Field(description="Day on which the source was last opened.")


class GlossaryTerm(Sourced):
    """A word that a reader may not know, and its one meaning in app, docs and code."""

    term: Prose = Field(description="The word as the app shows it.")
    expansion: Prose | None = Field(None, description="What an abbreviation stands for.")
    meaning: Prose = Field(description="Plain meaning, one or two short sentences.")


class Phrase(Row):
    """A sentence of the app that belongs to no condition."""

    phrase: Id = Field(description="Identifier used by the code.")
    text: Prose = Field(description="The words, with {names} where a value goes in.")


class ReadingName(Row):
    """A name that counts as one short word when the reading grade of a text is measured."""

    name: Text = Field(description="The word as the app shows it.")
    reason: Text = Field(description="Why it cannot be said more simply.")


# ------------------------------------------------- conditions, situations, options


class Condition(Sourced):
    """An illness for which immunoglobulin is one of the options."""

    condition: Id = Field(description="Identifier (fixed by the contract).")
    position: Count = Field(description="Order in the picker.")
    name: Prose = Field(description="Clinical name.")
    plain_name: Prose = Field(description="Name in plain words.")
    short_name: Prose = Field(description="Short name for titles, such as CIDP.")
    synonyms: ProseList = Field((), description="Other names by which people look for it, `;` between them.")
    description: Prose = Field(description="What it is, plain, two short sentences at most.")
    why_treat: Prose = Field(description="Why treatment is discussed, plain, one or two sentences.")
    icd10: Text | None = Field(None, description="ICD-10 code, where certain.")
    orphanet: Text | None = Field(None, description="Orphanet number, where certain.")
    default_age_group: AgeGroup = Field("adult", description="Age group assumed when none is given.")


class Situation(Sourced):
    """A decision point within a condition."""

    condition: Id = Field(description="Condition.")
    situation: Id = Field(description="Identifier (fixed by the contract).")
    position: Count = Field(description="Order in the picker; the first is the default.")
    name: Prose = Field(description="Short name that completes the title, such as `keeping treatment going`.")
    hint: Prose = Field(description="When this situation is the right one, plain, one sentence.")
    decision: Prose = Field(description="The decision in one sentence: `You are choosing between ... for ...`.")
    urgent: bool = Field(description="`true` where hours or days count (fixed by the contract).")
    on_immunoglobulin: bool = Field(description="`true` where the person may already be on immunoglobulin.")
    without_treatment: Prose = Field(description="What happens with no treatment, plain, with figures where known.")


class FamilyRow(Row):
    """A family of options, for display."""

    family: Family = Field(description="Identifier.")
    position: Count = Field(description="Order of display.")
    name: Prose = Field(description="Name in plain words.")


class Option(Sourced):
    """A way of treating (or not treating)."""

    option: Id = Field(description="Identifier (fixed by the contract).")
    position: Count = Field(description="Neutral order of display.")
    family: Family = Field(description="Family for display.")
    name: Prose = Field(description="Name shown, such as `IVIG`.")
    plain_name: Prose = Field(description="Name in plain words.")
    description: Prose = Field(description="What it is, one plain sentence.")
    price_unit: PriceUnit = Field(description="Unit of the person's own price (`price.OPTION`).")


class RoleRow(Sourced):
    """What an option is in a situation before anything is known about the person."""

    condition: Id = Field(description="Condition.")
    situation: Id = Field(description="Situation.")
    option: Id = Field(description="Option.")
    role: Role = Field(description="Place of the option in this situation.")
    base_verdict: Verdict = Field(description="Verdict before any rule.")
    can_replace_ig: bool = Field(
        description="`true` where the option can stand in for immunoglobulin here (used in a shortage)."
    )
    display_name: Prose | None = Field(None, description="Name here, where it differs from the option's name.")
    heading: Literal["not_a_treatment"] | None = Field(
        None, description="Heading that differs from the one that follows from the role."
    )
    reason: Prose = Field(description="Why it has this role here, one or two plain sentences.")
    changes_if: Prose | None = Field(None, description="What would change it, plain (`would be possible if ...`).")
    judgement: bool = Field(description="`true` where no record settles the role: it is our judgement.")


class Agent(Sourced):
    """A product or procedure behind an option in a condition."""

    condition: Id = Field(description="Condition.")
    option: Id = Field(description="Option.")
    agent: Text = Field(description="Name of the product or procedure.")
    situations: SomeIds = Field(description="Situations in which the option stands for this agent.")
    properties: Ids = Field((), description="Properties to which rules attach (see agent_properties).")
    routes: Annotated[tuple[Route, ...], BeforeValidator(_split)] = Field(description="How it can be given.")
    at_home: AtHome = Field(description="Whether it can be given at home.")
    atc: Annotated[str, StringConstraints(pattern=r"^[A-Z]\d{2}[A-Z]{2}\d{2}$")] | None = Field(
        None, description="WHO ATC code, where certain."
    )
    products: Words = Field((), description="Brand names, where certain, `;` between them.")
    note: Prose | None = Field(None, description="What a reader should know, plain.")


class AgentProperty(Row):
    """A property of an agent to which a rule can attach."""

    property: Id = Field(description="Identifier.")
    meaning: Prose = Field(description="What it says, in plain words.")


class Dealbreaker(Row):
    """Something a person may rule out for themselves; it takes options out of the match, with a way back."""

    dealbreaker: Id = Field(description="Identifier.")
    position: Count = Field(description="Order in the list.")
    text: Prose = Field(description="What the person says, plain: `Nothing made from plasma`.")
    property: Id | None = Field(None, description="Takes out an option all of whose agents have this property.")
    setting: Setting | None = Field(None, description="Takes out an option that is given in this setting.")


class QuickLimit(Row):
    """A limit that people often name, offered as a button of its own where it can change something."""

    quick_limit: Id = Field(description="Identifier.")
    position: Count = Field(description="Order of the buttons.")
    key: Id = Field(description="Key of the scenario that it sets.")
    value: Text = Field(description="Value that it sets; in a list it is added.")
    text: Prose = Field(description="What the person says, plain, a few words.")


# -------------------------------------------------------------------- numbers


class Outcome(Rated):
    """What is counted in a situation, with the risk that all options are measured against."""

    condition: Id = Field(description="Condition.")
    situation: Id = Field(description="Situation.")
    outcome: Id = Field(description="Identifier, such as `relapse`.")
    position: Count = Field(description="Order of the rows.")
    criterion: Criterion = Field(description="What it speaks to when a person says what matters.")
    direction: Direction = Field(description="Whether more of it is good or bad.")
    per: Annotated[Literal[100, 1000], BeforeValidator(_whole)] = Field(description="Denominator of the row.")
    name: Prose = Field(description="Clinical name of the outcome.")
    question: Prose = Field(description="The row as a question, plain: `How many get clearly better?`")
    happens: Prose = Field(description="Plain words for those in whom it happens: `get clearly better`.")
    happens_not: Prose = Field(description="Plain words for the others: `do not get clearly better`.")
    reference_option: Id | None = Field(None, description="Option that is the reference, where it is one.")
    reference_name: Prose | None = Field(None, description="Plain name of the reference group.")
    reference_events: Count | None = Field(None, description="People with the outcome in the reference group.")
    reference_total: Annotated[int, Field(ge=1)] | None = Field(None, description="People in the reference group.")
    reference_value: Percent | None = Field(None, description="Reference risk in percent, where events are not known.")
    reference_low: Percent | None = Field(None, description="Low end of the range, percent.")
    reference_high: Percent | None = Field(None, description="High end of the range, percent.")
    reference_reason: Prose | None = Field(None, description="Why this reference was chosen.")


class EffectRow(Rated):
    """What an option does to an outcome in a situation, as the source states it."""

    condition: Id = Field(description="Condition.")
    situation: Id = Field(description="Situation.")
    option: Id = Field(description="Option.")
    outcome: Id = Field(description="Outcome.")
    agent: Text | None = Field(None, description="Agent studied, where narrower than the option.")
    comparison: ComparisonKind = Field(
        description="`direct`: against the reference, or against an arm of the same trial. `indirect`: by way of "
        "another comparison. `single_arm`: no comparison group. `none`: not known."
    )
    measure: Measure = Field(
        description="RR, OR, HR (ratios), RD and proportion (percent), `none` where not known. Where events of "
        "both arms are given, leave value, low and high blank: the engine works them out."
    )
    value: float | None = Field(None, description="The effect in its measure.")
    low: float | None = Field(None, description="Low end of its 95% range.")
    high: float | None = Field(None, description="High end of its 95% range.")
    events: Count | None = Field(None, description="People with the outcome on the option.")
    total: Annotated[int, Field(ge=1)] | None = Field(None, description="People on the option.")
    versus: Id | None = Field(
        None, description="Option it was compared with, where that is not the reference; the engine goes through it."
    )
    comparator: Prose | None = Field(None, description="What it was compared with, plain.")
    comparator_events: Count | None = Field(None, description="People with the outcome in the comparison group.")
    comparator_total: Annotated[int, Field(ge=1)] | None = Field(None, description="People in the comparison group.")
    denominator: Prose | None = Field(None, description="Whom or what is counted: people, infusions, patient-years.")
    unknown_reason: UnknownReason | None = Field(None, description="Why it is not known.")
    note: Prose | None = Field(None, description="Plain words beside the number, or what is known instead of one.")
    conflict: Prose | None = Field(None, description="Plain words on sources that say something else, with figures.")


class EffectSize(Sourced):
    """From which difference on an effect is called small, moderate or large; below small it is called none."""

    criterion: Criterion = Field(description="What the outcome speaks to.")
    outcomes: Ids = Field(
        (), description="Outcomes for which the row holds, `;` between them; blank: all others of the criterion."
    )
    small: Annotated[float, Field(ge=0, le=100)] = Field(description="Small from so many more or fewer of 100 people.")
    moderate: Annotated[float, Field(ge=0, le=100)] = Field(description="Moderate from so many of 100 people.")
    large: Annotated[float, Field(ge=0, le=100)] = Field(description="Large from so many of 100 people.")
    reason: Prose = Field(description="Why these steps, plain, one or two sentences.")


class OnsetRow(Rated):
    """How soon an option works in a situation."""

    condition: Id = Field(description="Condition.")
    situation: Id = Field(description="Situation.")
    option: Id = Field(description="Option.")
    text: Prose = Field(description="Plain words: `3 to 6 weeks`, or what is known instead.")
    days_low: NotNegative | None = Field(None, description="Earliest usual day; blank where not known.")
    days_high: NotNegative | None = Field(None, description="Latest usual day; blank where not known.")


class Regimen(Sourced):
    """Dose and practice of an option in a situation: the base of hours, needles, grams and money."""

    condition: Id = Field(description="Condition.")
    situation: Id = Field(description="Situation.")
    option: Id = Field(description="Option.")
    agent: Text | None = Field(None, description="Agent to which it belongs, where narrower than the option.")
    text: Prose = Field(description="How it is given, plain, one or two sentences; or why it is not known.")
    clinical: Prose = Field(description="The regimen in clinical words, with doses.")
    pattern: Pattern = Field(
        description="`single`: one course or one operation. `repeated`: again and again. `none`: not known."
    )
    loading_g_per_kg: NotNegative | None = Field(None, description="Starting course, grams per kg (immunoglobulin).")
    grams_per_kg: NotNegative | None = Field(
        None, description="Grams per kg in each interval (repeated) or in the course (single)."
    )
    grams_per_kg_low: NotNegative | None = Field(None, description="Low end.")
    grams_per_kg_high: NotNegative | None = Field(None, description="High end.")
    interval_weeks: Annotated[float, Field(gt=0)] | None = Field(None, description="Weeks from one dose to the next.")
    sessions: NotNegative | None = Field(None, description="Treatment days in an interval (repeated) or in the course.")
    sessions_low: NotNegative | None = Field(None, description="Low end.")
    sessions_high: NotNegative | None = Field(None, description="High end.")
    hours_per_session: NotNegative | None = Field(None, description="Hours of a session, without travel.")
    hours_low: NotNegative | None = Field(None, description="Low end.")
    hours_high: NotNegative | None = Field(None, description="High end.")
    preparation_hours: NotNegative | None = Field(None, description="Hours of preparation for a session.")
    setting: Setting = Field(description="Where a session happens.")
    hospital_days: NotNegative | None = Field(None, description="Days in hospital, for a stay.")
    monitoring_visits_per_year: NotNegative | None = Field(None, description="Check-up visits a year besides sessions.")
    needles_per_session: NotNegative | None = Field(None, description="Needle sticks in a session.")
    needles_low: NotNegative | None = Field(None, description="Low end.")
    needles_high: NotNegative | None = Field(None, description="High end.")
    derived_from: Prose | None = Field(
        None, description="Indication from which it is carried over; then the app says so."
    )
    as_read: Text | None = Field(None, description="The literal figures read in the source.")


class Price(Sourced):
    """A dated price of an option."""

    option: Id = Field(description="Option.")
    condition: Id | None = Field(None, description="Condition, where the price holds for one only.")
    agent: Text | None = Field(None, description="Agent, where narrower than the option.")
    jurisdiction: Jurisdiction = Field(description="Price list.")
    unit: PriceUnit = Field(description="What one price buys.")
    amount: NotNegative = Field(description="Price of one unit.")
    low: NotNegative | None = Field(None, description="Low end.")
    high: NotNegative | None = Field(None, description="High end.")
    currency: Currency = Field(description="Currency.")
    price_date: Annotated[str, StringConstraints(pattern=r"^.*(19|20)\d\d.*$"), TRANSLATED] = Field(
        description="Date of the price: year, month or quarter. A price without a date is not used."
    )
    covers: Prose = Field(description="What it covers, plain: `the product only`.")
    as_read: Text | None = Field(None, description="The literal figures read in the source.")

    @property
    def is_current(self) -> bool:
        """Whether the price is of the year in which it was checked; every other price is shown as dated."""
        return str(self.checked.year) in self.price_date


class Guideline(Sourced):
    """What a guideline says about an option in a condition."""

    condition: Id = Field(description="Condition.")
    situation: Id | None = Field(None, description="Situation; blank where it holds for all.")
    option: Id = Field(description="Option.")
    body: Prose = Field(description="Who wrote it, with the year.")
    year: Annotated[int, Field(ge=1980, le=2030)] | None = Field(None, description="Year.")
    position: Prose = Field(description="What it says, plain, in our own words.")
    strength: Prose | None = Field(None, description="Strength of the recommendation, as rated.")
    old: bool = Field(description="`true` where it is retired, superseded or over ten years old.")
    as_read: Text | None = Field(None, description="The literal words or grades read.")


# ------------------------------------------------------- supply, rules, messages


class SupplyTier(Sourced):
    """The priority of immunoglobulin in a situation by a national plan."""

    plan: Plan = Field(description="National plan.")
    condition: Id = Field(description="Condition.")
    situation: Id = Field(description="Situation.")
    tier: Tier = Field(description="Priority.")
    word: Prose = Field(description="The plan's own word, such as `red`.")
    unless_suitable: Id | None = Field(
        None, description="The row holds only where this option is not suitable for the person."
    )
    note: Prose | None = Field(None, description="What a reader should know, plain.")


class Rule(Sourced):
    """A fact about a person or their limits that lowers the verdict of an option."""

    rule: Id = Field(description="Identifier of the row.")
    code: Text = Field(description="Settled rule it belongs to; rows with one code give one reason, the strongest.")
    kind: ReasonKind = Field(description="Kind of reason.")
    when: Text = Field(description="Trigger: `key=value|value`, `key>=number`, joined by ` and `.")
    conditions: Words = Field(("*",), description="`*`, conditions or condition/situation; `!` excludes.")
    options: Ids = Field((), description="Options to which it applies; blank: all.")
    agents: Words = Field((), description="Only these agents.")
    property: Id | None = Field(None, description="Only agents with this property.")
    share: Literal["any", "every"] = Field(
        "any", description="`every`: applies only where all agents of the option are touched."
    )
    needs: Words = Field((), description="Further facts that must hold, worked out by the engine (see README).")
    effect: Effect = Field(description="What it does to the verdict.")
    effect_urgent: Effect | None = Field(None, description="Effect in urgent situations, where it differs.")
    urgent_scope: Literal["protected", "all"] = Field(
        "all",
        description="`protected`: the urgent effect holds for first choices, alternatives and suitable add-ons only.",
    )
    text: Prose = Field(description="The reason in plain words; {agents}, {hours}, {limit} may be filled in.")
    changes_if: Prose | None = Field(None, description="What would change it, plain.")


class Message(Sourced):
    """A short fact that is shown whatever the verdict: urgent, do not stop, before the start, monitor."""

    message: Id = Field(description="Identifier.")
    kind: MessageKind = Field(description="Kind of message.")
    position: Count = Field(description="Order within its kind.")
    conditions: Words = Field(("*",), description="`*`, conditions or condition/situation; `!` excludes.")
    options: Ids = Field((), description="Options at which it stands; blank: the page.")
    agents: Words = Field((), description="Only where one of these agents stands for the option.")
    property: Id | None = Field(None, description="Only where an agent has this property.")
    when: Text | None = Field(None, description="Trigger, as in rules; blank: always.")
    text: Prose = Field(description="The message, plain.")


# ------------------------------------------------------------ living with it


class Living(Sourced):
    """What living with an option is like, for one side of life. The row that fits most closely is shown."""

    living: Id = Field(description="Identifier of the row.")
    aspect: Aspect = Field(description="Side of life.")
    option: Id = Field(description="Option.")
    conditions: Words = Field(("*",), description="`*`, conditions or condition/situation; `!` excludes.")
    agents: Words = Field((), description="Only for these agents; blank: all.")
    age_groups: Annotated[tuple[AgeGroup, ...], BeforeValidator(_split)] = Field(
        (), description="Only for these age groups; blank: all."
    )
    known: bool = Field(description="`false` where the row says that nothing was found.")
    text: Prose = Field(description="What it is like, plain, one or two short sentences.")
    as_read: Text | None = Field(None, description="The literal figures read in the source.")


class SessionDays(Sourced):
    """The days on which sessions or medicine fall, where these do not follow from the regimen."""

    condition: Id = Field(description="Condition.")
    situation: Id = Field(description="Situation.")
    option: Id = Field(description="Option.")
    phase: Phase = Field(
        description="`start`: sessions before the repeated ones begin. `course`: the sessions of a course given "
        "once. `interval`: the sessions within an interval. `medicine`: the days of medicine taken at home."
    )
    days: Annotated[tuple[Day, ...], BeforeValidator(_split)] = Field(
        (), description="Days, the first being 1, `;` between them; blank: the days differ or are not known."
    )
    next_day: Day | None = Field(None, description="Day on which the repeated sessions begin (`start` only).")
    setting: Setting | None = Field(None, description="Where these sessions are, where it differs from the regimen.")
    hours_per_session: NotNegative | None = Field(None, description="Hours of one of them, where it differs.")
    note: Prose | None = Field(None, description="How the days were set where the source names no days, plain.")


class TreatmentReview(Sourced):
    """When it is time to look again whether a treatment is right."""

    condition: Id = Field(description="Condition.")
    situation: Id = Field(description="Situation.")
    option: Id | None = Field(None, description="Option; blank: any that has no row of its own.")
    text: Prose = Field(description="When to look again, plain, one or two sentences.")
    weeks_low: NotNegative | None = Field(None, description="Earliest week; blank where no source sets a time.")
    weeks_high: NotNegative | None = Field(None, description="Latest week; blank where no source sets a time.")
    looked_at: Prose = Field(description="What is looked at, plain.")
    as_read: Text | None = Field(None, description="The literal figures read in the source.")


# ------------------------------------------------------------------- teaching

Query = Annotated[str, StringConstraints(pattern=r"^[a-z_.]+=[^=&\s]+(&[a-z_.]+=[^=&\s]+)*$")]
CellName = Annotated[str, StringConstraints(pattern=r"^[ab]/[a-z0-9_]+/[a-z0-9_]+$")]


class Frame(Sourced):
    """A way of saying a risk, and what studies found that it does to readers."""

    frame: FrameName = Field(description="Identifier.")
    position: Count = Field(description="Order in the exercise.")
    name: Prose = Field(description="Name in plain words.")
    does: Prose = Field(description="What a study found that it does to readers, plain.")
    here: Prose = Field(description="What this page shows instead, and why, plain.")


class Case(Sourced):
    """A case for teaching: a made-up patient, described by limits only, in two scenarios that differ."""

    case: Id = Field(description="Identifier, as in the link of the exercise.")
    position: Count = Field(description="Order in the list.")
    title: Prose = Field(description="Short title, plain.")
    condition: Id = Field(description="Condition.")
    situation: Id = Field(description="Situation.")
    scenario_a: Query | None = Field(
        None, description="What is said in A, as in a link, without condition and situation; blank: nothing."
    )
    scenario_b: Query | None = Field(None, description="What is said in B, in the same way.")
    who: Prose = Field(description="The patient, by age, limits and treatment only: no name, no story.")
    clash: Prose = Field(description="Which values or limits pull in different directions, plain.")


class CasePart(Row):
    """A part of a case: a role card, a question, or a point that the talk should bring out."""

    case: Id = Field(description="Case.")
    kind: PartKind = Field(description="Kind of part.")
    position: Count = Field(description="Order within its kind.")
    role: PartRole | None = Field(None, description="Who holds the role card.")
    text: Prose = Field(description="What the role wants; the question; the point. Plain, without figures.")
    unaware: Prose | None = Field(None, description="What the holder of the role card may not know.")
    cells: Annotated[tuple[CellName, ...], BeforeValidator(_split)] = Field(
        (),
        description="Cells that the answer is made from, `side/option/row` with `;` between them. A row is an outcome "
        "or one of verdict, reasons, onset, time, cost, supply, guideline, match. The figures come from the engine.",
    )


# ------------------------------------------------------- the state of the whole


class IpdasItem(Row):
    """An item of the standards for decision aids (IPDASi version 4), in our own words, and where it is met."""

    item: Id = Field(description="Identifier, such as `certification-2`.")
    group: IpdasGroup = Field(description="What must be met to be a decision aid, to be certified, or to be good.")
    number: Annotated[int, BeforeValidator(_whole), Field(ge=1)] = Field(description="Number within its group.")
    text: Prose = Field(description="What is asked, plain, one sentence.")
    check: IpdasCheck = Field(
        description="Check that works out whether it is met (`decision/ipdas_checks.py`). `people`: no program can "
        "meet it. `not_applicable`: it is about tests that look for an illness."
    )
    pages: Ids = Field((), description="Where it is met: names of phrases that are titles of pages, `;` between them.")
    look_at: Prose | None = Field(None, description="What to look at there, plain.")
    reason: Prose | None = Field(None, description="Why it is not met or does not apply, where no check can tell.")


class DataChange(Row):
    """What changed in the tables, and why: the log that a reader of the app sees."""

    change: Id = Field(description="Identifier.")
    day: date = Field(description="Day of the change.")
    changed: Ids = Field((), description="Tables that changed, `;` between them; blank: all.")
    what: Prose = Field(description="What changed, plain, one or two short sentences.")
    why: Prose = Field(description="Why, plain, one sentence.")


TABLES: dict[str, type[Row]] = {
    "sources": Source,
    "glossary": GlossaryTerm,
    "phrases": Phrase,
    "reading_names": ReadingName,
    "conditions": Condition,
    "situations": Situation,
    "families": FamilyRow,
    "options": Option,
    "roles": RoleRow,
    "agents": Agent,
    "agent_properties": AgentProperty,
    "dealbreakers": Dealbreaker,
    "quick_limits": QuickLimit,
    "outcomes": Outcome,
    "effects": EffectRow,
    "effect_sizes": EffectSize,
    "onset": OnsetRow,
    "regimens": Regimen,
    "prices": Price,
    "guidelines": Guideline,
    "supply_tiers": SupplyTier,
    "rules": Rule,
    "messages": Message,
    "living": Living,
    "session_days": SessionDays,
    "reviews": TreatmentReview,
    "frames": Frame,
    "cases": Case,
    "case_parts": CasePart,
    "ipdas": IpdasItem,
    "changes": DataChange,
}
"""Every table: file stem to row model, in the order of the data dictionary."""

KEYS: dict[str, tuple[str, ...]] = {
    "sources": ("source",),
    "glossary": ("term",),
    "phrases": ("phrase",),
    "reading_names": ("name",),
    "conditions": ("condition",),
    "situations": ("condition", "situation"),
    "families": ("family",),
    "options": ("option",),
    "roles": ("condition", "situation", "option"),
    "agents": ("condition", "option", "agent"),
    "agent_properties": ("property",),
    "dealbreakers": ("dealbreaker",),
    "quick_limits": ("quick_limit",),
    "outcomes": ("condition", "situation", "outcome"),
    "effects": ("condition", "situation", "option", "outcome"),
    "effect_sizes": ("criterion", "outcomes"),
    "onset": ("condition", "situation", "option"),
    "regimens": ("condition", "situation", "option"),
    "prices": ("option", "condition", "agent", "jurisdiction", "unit"),
    "guidelines": ("condition", "situation", "option", "body"),
    "supply_tiers": ("plan", "condition", "situation", "tier"),
    "rules": ("rule",),
    "messages": ("message",),
    "living": ("living",),
    "session_days": ("condition", "situation", "option", "phase"),
    "reviews": ("condition", "situation", "option"),
    "frames": ("frame",),
    "cases": ("case",),
    "case_parts": ("case", "kind", "position"),
    "ipdas": ("item",),
    "changes": ("change",),
}
"""Columns that together name a row once."""

REFERENCES: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    "conditions": ((("source_ids",), "sources"),),
    "glossary": ((("source_ids",), "sources"),),
    "situations": ((("condition",), "conditions"), (("source_ids",), "sources")),
    "options": ((("family",), "families"), (("source_ids",), "sources")),
    "roles": ((("condition", "situation"), "situations"), (("option",), "options"), (("source_ids",), "sources")),
    "agents": (
        (("condition",), "conditions"),
        (("option",), "options"),
        (("properties",), "agent_properties"),
        (("source_ids",), "sources"),
    ),
    "dealbreakers": ((("property",), "agent_properties"),),
    "outcomes": (
        (("condition", "situation"), "situations"),
        (("reference_option",), "options"),
        (("source_ids",), "sources"),
    ),
    "effects": (
        (("condition", "situation", "outcome"), "outcomes"),
        (("condition", "situation", "option"), "roles"),
        (("versus",), "options"),
        (("source_ids",), "sources"),
    ),
    "effect_sizes": ((("source_ids",), "sources"),),
    "onset": ((("condition", "situation", "option"), "roles"), (("source_ids",), "sources")),
    "regimens": ((("condition", "situation", "option"), "roles"), (("source_ids",), "sources")),
    "prices": ((("option",), "options"), (("condition",), "conditions"), (("source_ids",), "sources")),
    "guidelines": ((("condition",), "conditions"), (("option",), "options"), (("source_ids",), "sources")),
    "supply_tiers": (
        (("condition", "situation"), "situations"),
        (("unless_suitable",), "options"),
        (("source_ids",), "sources"),
    ),
    "rules": ((("options",), "options"), (("property",), "agent_properties"), (("source_ids",), "sources")),
    "messages": ((("options",), "options"), (("property",), "agent_properties"), (("source_ids",), "sources")),
    "living": ((("option",), "options"), (("source_ids",), "sources")),
    "session_days": ((("condition", "situation", "option"), "regimens"), (("source_ids",), "sources")),
    "reviews": ((("condition", "situation"), "situations"), (("option",), "options"), (("source_ids",), "sources")),
    "frames": ((("source_ids",), "sources"),),
    "cases": ((("condition", "situation"), "situations"), (("source_ids",), "sources")),
    "case_parts": ((("case",), "cases"),),
}
"""Columns that must name a row of another table; a list column is checked word by word, blank is allowed."""


def columns(table: str) -> tuple[str, ...]:
    """Return the columns of a table as its file has them: the key, its own, then where it comes from."""
    model = TABLES[table]
    inherited = [name for base in model.__mro__[1:] for name in getattr(base, "__annotations__", {})]
    own = [name for name in model.model_fields if name not in inherited]
    last = [name for base in (Rated, Sourced) if issubclass(model, base) for name in base.__annotations__]
    return tuple(dict.fromkeys((*KEYS[table], *own, *last)))
