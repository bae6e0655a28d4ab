"""A list that outgrows one machine: the same function over the partitions of Dask gives the same rows and sums."""

from functools import partial, reduce
from operator import add

import dask
import dask.bag
import pytest
from people import shipped
from test_cohort import crowd

from decision.cohort import assess, marked, summary


def answers(catalogue, part):
    return list(assess(catalogue, part))


@pytest.mark.parametrize(("scheduler", "partitions"), [("sync", 1), ("threads", 7), ("processes", 4)])
def test_partitions_of_dask_give_the_rows_and_the_sums_of_the_whole(scheduler, partitions):
    rows = crowd(240)
    whole = list(assess(shipped(), rows))
    parts = dask.bag.from_sequence(marked(shipped(), rows), npartitions=partitions)
    found = parts.map_partitions(partial(answers, shipped()))
    sums = found.map_partitions(lambda part: [summary(part)])
    with dask.config.set(scheduler=scheduler, num_workers=2):
        there, totals = dask.compute(found, sums)
    assert found.npartitions == len(totals) >= partitions
    assert there == whole
    assert {row.status for row in there} == {"ok", "error"}
    assert reduce(add, totals) == summary(whole)
