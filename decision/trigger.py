"""The small language in which a row says when, and for which conditions, it holds.

    when:        needles=anxious|severe_fear and travel_minutes>=90
    conditions:  *                      every condition
                 cidp;gbs/not_improving these only
                 *;!kidney_amr          all but this one

A trigger reads the scenario's own keys; a key that holds a set (`health`) is
met when one of the named flags is in it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

_CLAUSE = re.compile(r"^\s*(?P<key>[a-z_]+)\s*(?P<sign>>=|=)\s*(?P<value>[a-z0-9_|.]+)\s*$")

Facts = Mapping[str, object]


class TriggerError(ValueError):
    """A trigger that cannot be read; the message says which part and how to mend it."""


@dataclass(frozen=True)
class Clause:
    """One test of one key: any of `values`, or at least `floor`."""

    key: str
    values: frozenset[str]
    floor: float | None

    def holds(self, facts: Facts) -> bool:
        """Say whether the facts meet this clause; a key that is not known is never met."""
        said = facts.get(self.key)
        if said is None:
            return False
        if self.floor is not None:
            return isinstance(said, int | float) and said >= self.floor
        if isinstance(said, str):
            return said in self.values
        return isinstance(said, Collection) and not self.values.isdisjoint(said)


@lru_cache(maxsize=4096)
def parse(when: str) -> tuple[Clause, ...]:
    """Read a trigger into its clauses, all of which must hold.

    Raises TriggerError where a part is not `key=value|value` or `key>=number`.
    """
    clauses = []
    for part in when.split(" and "):
        match = _CLAUSE.match(part)
        if match is None:
            raise TriggerError(f"cannot read {part.strip()!r}: write key=value, key=value|value or key>=number")
        if match["sign"] == ">=":
            try:
                clauses.append(Clause(match["key"], frozenset(), float(match["value"])))
            except ValueError:
                raise TriggerError(f"{match['value']!r} after >= is not a number") from None
        else:
            clauses.append(Clause(match["key"], frozenset(match["value"].split("|")), None))
    return tuple(clauses)


def holds(when: str | None, facts: Facts) -> bool:
    """Say whether all clauses of a trigger hold; a blank trigger always does."""
    return when is None or all(clause.holds(facts) for clause in parse(when))


def selects(conditions: Collection[str], condition: str, situation: str) -> bool:
    """Say whether a `conditions` cell covers this condition and situation."""
    here = {condition, f"{condition}/{situation}"}
    wanted = [word for word in conditions if not word.startswith("!")]
    barred = {word[1:] for word in conditions if word.startswith("!")}
    return not (barred & here) and (not wanted or "*" in wanted or bool(here & set(wanted)))
