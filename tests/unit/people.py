"""Scenarios nobody thought of: any mix of limits, as hypothesis strategies and as plain random choices."""

from functools import cache
from random import Random

from hypothesis import strategies as st

from decision import Catalogue, compare, load_catalogue
from decision.quick_limit import offered
from decision.rows import QuickLimit
from decision.scenario import CHOICES, CRITERIA, HEALTH, NUMBERS, OPTIONS, Scenario


@cache
def shipped() -> Catalogue:
    """Return the shipped tables. Not a fixture: hypothesis would print all of them with a failure."""
    return load_catalogue()


def offered_to(catalogue: Catalogue, scenario: Scenario) -> list[QuickLimit]:
    """Return the quick limits that are offered to somebody, by the verdicts of the comparison."""
    now = {option.option.option: option.screened for option in compare(catalogue, scenario).options}
    return offered(catalogue, scenario, now)


def places(urgent: bool = False) -> st.SearchStrategy[tuple[str, str]]:
    """Return any situation of the shipped tables, or any urgent one."""
    return st.deferred(
        lambda: st.sampled_from([p for p in shipped().roles if not urgent or shipped().situation(*p).urgent])
    )


def facts() -> st.SearchStrategy[dict]:
    """Return what may be said besides condition and situation."""
    choices = {key: st.sampled_from(values) for key, values in CHOICES.items()}
    numbers = {key: st.none() | st.floats(*limits) for key, limits in NUMBERS.items()}
    numbers.update({key: st.floats(*NUMBERS[key]) for key in ("weight_kg", "travel_minutes")})
    # Low limits bite more often than those between zero and the top of the range.
    numbers.update(hours_per_month=st.none() | st.floats(0, 40), budget_per_year=st.none() | st.floats(0, 200_000))
    prices = {"own_prices": st.dictionaries(st.sampled_from(OPTIONS), st.floats(0, 10_000), max_size=3)}
    flags = {"health": st.lists(st.sampled_from(HEALTH), max_size=5, unique=True).map(tuple)}
    return st.fixed_dictionaries({}, optional={**choices, **numbers, **prices, **flags})


def anyone(rng: Random, place: tuple[str, str]) -> Scenario:
    """Return a random scenario for a place, fast."""
    said: dict = {key: rng.choice(values) for key, values in CHOICES.items() if rng.random() < 0.4}
    said["health"] = tuple(rng.sample(HEALTH, rng.choice((0, 0, 1, 1, 2, 5, 23))))
    for key, (low, high) in NUMBERS.items():
        if rng.random() < 0.4:
            said[key] = rng.choice((low, high, rng.uniform(low, min(high, 100_000)), rng.uniform(low, low + 50)))
    said["own_prices"] = {option: rng.uniform(0, 9999) for option in OPTIONS if rng.random() < 0.05}
    if rng.random() < 0.02:
        said["weights"] = {criterion: rng.uniform(0, 10) for criterion in CRITERIA if rng.random() < 0.5}
    return Scenario(*place, **said)


def scribble(rng: Random) -> str:
    """Return a query as a stranger may type it: some of it right, some of it not."""
    values = [value for allowed in CHOICES.values() for value in allowed] + list(HEALTH)
    values += ["", "-1", "0", "1e309", "nan", "٣", "%00", "<script>", "=1+1", "null", "é" * 500, "🩸", "a,b,,c", "∞"]
    keys = ["condition", "situation", "health", *CHOICES, *NUMBERS, "price.ivig", "w.cost", "price.", "w.", "x", ""]
    keys += ["own_prices", "weights", "__class__", "facts", "price.IVIG", "Condition"]
    parts = (f"{rng.choice(keys)}={rng.choice(values)}" for _ in range(rng.randrange(8)))
    return rng.choice(("&", "&", ";", "&&")).join(parts)
