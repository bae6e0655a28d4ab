"""How fast is the robustness analysis, against a bare floor and against the libraries that could do it.

    make bench

8 options, 10 criteria, 10,000 draws of the weights, all rank shares. Everything is timed in turn within one run, and
the best times are printed as ratios, as the machine may be shared. The peers are asked once for each draw, as they
have no other way; those that are not installed are left out (requirements-bench.in names them).
"""

from __future__ import annotations

import gc
import time
import tracemalloc
import warnings
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np

from decision import robustness
from decision.preferences import bounds

OPTIONS, CRITERIA, DRAWS = 8, 10, 10_000
ROUNDS, PEER_ROUNDS = 101, 5
FLOOR = "NumPy floor"

rng = np.random.default_rng(1)
VALUES = rng.random((OPTIONS, CRITERIA))
LOW, HIGH = VALUES * 0.8, VALUES * 0.8 + 0.2
LEVELS = [10, 10, 8, 8, 5, 5, 2, 2]


def floor() -> np.ndarray:
    """Draw exponentials, multiply, sort, count: the least that all rank shares take in double precision."""
    weights = np.random.default_rng(robustness.SEED).standard_exponential((DRAWS, CRITERIA))
    order = np.argsort(-(weights @ VALUES.T), axis=1)
    places = (order + np.arange(OPTIONS) * OPTIONS).ravel()
    return np.bincount(places, minlength=OPTIONS * OPTIONS).reshape(OPTIONS, OPTIONS).T / DRAWS


def ours() -> np.ndarray:
    """Do the same with the functions of the app."""
    weights = robustness.draw_weights(CRITERIA, (), DRAWS)
    return robustness.rank_shares(robustness.weighted_sum(VALUES, weights))


def whole() -> robustness.Acceptability:
    """Do all that a match takes, without answers: ranges drawn, central weights, confidence."""
    return robustness.smaa(robustness.draw_values(LOW, HIGH, DRAWS), robustness.draw_weights(CRITERIA, (), DRAWS))


def answered() -> np.ndarray:
    """Draw weights from eight answers."""
    return robustness.draw_weights(len(LEVELS), bounds(LEVELS), DRAWS)


def peers() -> dict[str, Callable[[], np.ndarray]]:
    """Return the loop over draws for each peer that is installed."""
    found: dict[str, Callable[[], np.ndarray]] = {}
    weights = robustness.draw_weights(CRITERIA, (), DRAWS)
    kinds = np.ones(CRITERIA, dtype=int)

    def as_they_are(matrix: np.ndarray, *_: object) -> np.ndarray:
        return matrix

    def counted(scores: list[np.ndarray]) -> np.ndarray:
        return robustness.rank_shares(np.array(scores))

    if find_spec("pymcdm"):
        from pymcdm.methods import WSM

        method = WSM(normalization_function=lambda column, cost=False: column)
        found["pymcdm 1.4.0, WSM"] = lambda: counted([method(VALUES, row, kinds, validation=False) for row in weights])
    if find_spec("pyrepo_mcda"):
        from pyrepo_mcda.additions import rank_preferences  # noqa: F401 - shows that the package is whole
        from pyrepo_mcda.mcda_methods import SAW

        saw = SAW(normalization_method=as_they_are)
        found["pyrepo-mcda 0.1.15, SAW"] = lambda: counted([saw(VALUES, row, kinds) for row in weights])
    return found


def timed(function: Callable[[], object]) -> float:
    """Return the seconds of one call."""
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def peak(function: Callable[[], object]) -> float:
    """Return the most memory that a call holds at a time, in megabytes."""
    gc.collect()
    tracemalloc.start()
    function()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


def main() -> None:
    """Print a line for each engine."""
    warnings.simplefilter("ignore")
    engines: dict[str, Callable[[], object]] = {
        FLOOR: floor,
        "ours, the same": ours,
        "ours, a whole match": whole,
        "ours, weights from 8 answers": answered,
    }
    slow = peers()
    assert np.allclose(floor(), ours(), atol=1e-12), "the floor counts the same"
    for name, loop in slow.items():
        assert np.allclose(loop(), ours(), atol=1e-3), f"{name} does not count the same"
    seconds: dict[str, list[float]] = {name: [] for name in (*engines, *slow)}
    for round_ in range(ROUNDS):
        for name, engine in engines.items():
            seconds[name].append(timed(engine))
        if round_ < PEER_ROUNDS:
            for name, loop in slow.items():
                seconds[name].append(timed(loop))
    best = {name: min(times) for name, times in seconds.items()}
    print(f"{OPTIONS} options x {CRITERIA} criteria x {DRAWS:,} draws, all rank shares; NumPy {np.__version__}")
    print(f"{'':30}{'best ms':>12}{'x floor':>10}{'x ours':>10}{'peak MB':>10}")
    for name, engine in {**engines, **slow}.items():
        ratio, times = best[name] / best[FLOOR], best[name] / best["ours, the same"]
        print(f"{name:30}{best[name] * 1000:12.2f}{ratio:10.2f}{times:10.2f}{peak(engine):10.1f}")


if __name__ == "__main__":
    main()
