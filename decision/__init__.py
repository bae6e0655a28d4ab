"""Ig Options: compare immunoglobulin with its alternatives, with sources.

>>> from decision import Scenario, compare, load_catalogue
>>> tables = load_catalogue()
>>> result = compare(tables, Scenario("cidp", "maintenance", ig_supply="critical", travel_minutes=120))
>>> result.option("corticosteroids").verdict
'suitable'
"""

from decision.catalogue import Catalogue, CatalogueError, load_catalogue
from decision.comparison import Comparison, compare
from decision.scenario import Scenario

__all__ = ["Catalogue", "CatalogueError", "Comparison", "Scenario", "compare", "load_catalogue"]
