"""The palette: contrast in both schemes, what is left of it for people who see fewer colours, motion, print."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from decision.ui import html

STYLE = Path(html.__file__).with_name("style.css").read_text(encoding="utf-8")
BACK = {"light": "#ffffff", "dark": "#111417"}
INK = {"light": "#000000", "dark": "#f2f2f2"}
TEXT, GRAPHIC = 4.5, 3.0
"""Least contrast of text (WCAG 1.4.3) and of what a picture needs to be understood (1.4.11)."""

STEP_BETWEEN = 1.5
"""Least ratio of luminance between two kinds of icon that stand side by side; their order says the same."""

SEES = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}
"""How linear red, green and blue are seen (Machado, Oliveira, Fernandes 2009, doi 10.1109/TVCG.2009.113, whole)."""

Colour = tuple[float, ...]


def linear(code: str) -> Colour:
    """Return a colour in linear light (sRGB, IEC 61966-2-1), 0 to 1."""
    parts = (int(code[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)


def mixed(code: str, back: str, share: float) -> Colour:
    """Return a colour laid over another with a share of 0 to 1, mixed as browsers do: in sRGB."""
    parts = [
        round(share * int(code[start : start + 2], 16) + (1 - share) * int(back[start : start + 2], 16))
        for start in (1, 3, 5)
    ]
    return linear("#" + "".join(f"{part:02x}" for part in parts))


def seen(colour: Colour, sight: str) -> Colour:
    """Return how a colour is seen by a person who sees fewer colours."""
    return tuple(
        min(1.0, max(0.0, sum(factor * part for factor, part in zip(row, colour, strict=True)))) for row in SEES[sight]
    )


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2), 1 to 21."""
    low, high = sorted(0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in (one, other))
    return (high + 0.05) / (low + 0.05)


def palette(scheme: str) -> dict[str, Colour]:
    """Return the colours of the style sheet in a scheme, each over the background."""
    found = {"back": linear(BACK[scheme]), "ink": linear(INK[scheme])}
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", STYLE):
        found[name] = linear(light if scheme == "light" else dark)
    for name, share in re.findall(r"--([\w-]+): color-mix\(in srgb, currentColor (\d+)%, transparent\)", STYLE):
        found[name] = mixed(INK[scheme], BACK[scheme], int(share) / 100)
    return found


def test_contrast_is_what_the_standard_defines():
    assert contrast(linear("#000000"), linear("#ffffff")) == pytest.approx(21)
    assert contrast(linear("#777777"), linear("#ffffff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("sight", SEES)
@pytest.mark.parametrize("scheme", BACK)
def test_the_palette_can_be_read(scheme, sight):
    colours = {name: seen(colour, sight) for name, colour in palette(scheme).items()}
    assert {"accent", "accent-mid", "quiet", "pale"} <= set(colours)
    for name in ("accent", "quiet", "ink"):
        assert contrast(colours[name], colours["back"]) >= TEXT, name
    assert contrast(colours["accent"], colours["back"]) >= GRAPHIC
    order = ("accent", "accent-mid", "pale")
    for one, other in itertools.pairwise(order):
        assert contrast(colours[one], colours[other]) >= STEP_BETWEEN, f"{one} beside {other}"


def test_a_kind_of_icon_is_told_by_its_shape_too():
    """A possible person is a ring, an unknown group a dashed outline with a question mark: neither is a fill."""
    for name in ("icon-possible", "icon-unknown"):
        (rule,) = re.findall(rf"\.{name} {{([^}}]*)}}", STYLE)
        assert "fill: none" in rule
        assert "stroke:" in rule


def test_verdicts_are_words_with_a_sign_of_their_own_shape(visit, words):
    page = visit("?condition=cidp&situation=maintenance&travel_minutes=120&all=yes").page
    verdicts = page.locator("table.compare thead .verdict").evaluate_all(
        "all => all.map(one => [one.querySelector('b').textContent, one.querySelector('svg').innerHTML])"
    )
    assert len({word for word, _ in verdicts}) >= 2
    shapes = {word: {shape for other, shape in verdicts if other == word} for word, _ in verdicts}
    assert all(len(found) == 1 for found in shapes.values()), "one sign for each word"
    assert len({next(iter(found)) for found in shapes.values()}) == len(shapes), "no two words share a sign"


def test_nothing_moves_for_who_asked_for_less_motion(visit):
    page = visit("?condition=cidp&situation=maintenance").page
    moving = (
        "() => [...document.querySelectorAll('*')].map(one => getComputedStyle(one)).filter(style =>"
        " style.transitionDuration.split(', ').some(time => parseFloat(time) > 0)"
        " || style.animationName !== 'none').length"
    )
    assert page.evaluate(moving) == 0
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(moving) > 0, "the check can fail"


def test_paper_holds_the_whole_comparison(visit):
    """Printing keeps the table, its verdicts and its figures, in black on white and inside the sheet."""
    page = visit("?condition=cidp&situation=maintenance").page
    page.emulate_media(media="print", color_scheme="light")
    page.set_viewport_size({"width": 718, "height": 1000})  # A4 with margins of 1 cm
    table = page.locator("table.compare")
    expect(table).to_be_visible()
    for part in (".verdict b", ".headline", "caption"):
        expect(table.locator(part).first).to_be_visible()
    assert table.evaluate("table => getComputedStyle(table).color") == "rgb(0, 0, 0)"
