"""How long does the hand-out take, from the comparison to the bytes of the file.

    make bench-handout

A usual visit (three options, two limits, three things that matter, three own questions, a note, link and QR code) and
a large one (four options, one of them leant to, seven things that matter, the match asked for). All forms are timed in
turn within one run, next to a floor: what the parts that are not ours take for the same visit, that is the words of
the cells and the QR code, and for PDF one line by the same engine with the same font. The machine may be shared: read
the ratios.
"""

from __future__ import annotations

import datetime
import statistics
import time
from collections.abc import Callable

import typst

from decision import Comparison, compare, load_catalogue, visit
from decision.catalogue import Catalogue
from decision.cells import questions
from decision.handout import clinician, html, pdf, qr
from decision.handout.sheet import Sheet, sheet

ROUNDS = 60
TODAY = datetime.date(2026, 11, 22)
ADDRESS = "https://options.example.org/"
USUAL = {
    "condition": "cidp", "situation": "maintenance", "travel_minutes": "120", "ig_supply": "critical",
    "w.benefit": "10", "w.time": "8", "w.needles": "2", "show": "ivig,scig,fcrn_blocker",
}  # fmt: skip
LARGE = {
    **USUAL, "show": "ivig,scig,fcrn_blocker,corticosteroids", "lean": "scig", "match": "yes", "w.serious_harm": "5",
    "w.cost": "2", "w.speed": "5", "w.certainty": "5", "pairs": "benefit~time,time~cost",
    "health": "kidney_disease,diabetes", "weight_kg": "82",
}  # fmt: skip
OWN = ("May I travel with it?", "Who orders it?", "What if I miss a week?")
ONE_LINE = b'#set document(title: "x")\n#set text(font: "Source Sans 3")\nOne line.'


def forms(query: dict[str, str], catalogue: Catalogue) -> dict[str, Callable[[], object]]:
    """Return what is timed, by name; the two floors first."""
    said, _ = visit.read(query, catalogue, own_questions=OWN, notes="Ask for the form. " * 20)
    result: Comparison = compare(catalogue, said.scenario(catalogue))

    def words_and_code() -> tuple[object, object]:
        return questions(result, catalogue, said.listed("show")), qr.code(said.link(ADDRESS, True), "code")

    def words_code_and_line() -> tuple[object, bytes]:
        fonts = [str(pdf.HERE / "fonts")]
        return words_and_code(), typst.compile(ONE_LINE, font_paths=fonts, ignore_system_fonts=True, format="pdf")

    def one_sheet() -> Sheet:
        return sheet(result, catalogue, said, TODAY, with_body=True, address=ADDRESS)

    return {
        "floor of HTML": words_and_code,
        "floor of PDF": words_code_and_line,
        "HTML": lambda: html.page(one_sheet()),
        "PDF, A4": lambda: pdf.document(one_sheet()),
        "PDF, Letter": lambda: pdf.document(one_sheet(), "letter"),
        "clinician sheet": lambda: clinician.record(result, catalogue, said, TODAY, with_body=True),
    }


def main() -> None:
    """Print median and 95th percentile of each form, how often its floor that is, and the size of the file."""
    catalogue = load_catalogue()
    print(f"{ROUNDS} rounds in turn; typst {typst.__version__}")
    print(f"{'':26}{'median ms':>12}{'p95 ms':>10}{'x floor':>10}{'kB':>8}")
    for name, query in (("usual", USUAL), ("large", LARGE)):
        timed = forms(query, catalogue)
        times: dict[str, list[float]] = {form: [] for form in timed}
        for _ in range(ROUNDS):
            for form, function in timed.items():
                start = time.perf_counter()
                function()
                times[form].append((time.perf_counter() - start) * 1000)
        middle = {form: statistics.median(found) for form, found in times.items()}
        for form, function in timed.items():
            high = statistics.quantiles(times[form], n=20)[-1]
            floor = middle["floor of PDF" if "PDF" in form else "floor of HTML"]
            made = function()
            size = f"{len(made) / 1000:.0f}" if isinstance(made, str | bytes) else ""
            print(f"{f'{name}: {form}':26}{middle[form]:12.1f}{high:10.1f}{middle[form] / floor:10.1f}{size:>8}")


if __name__ == "__main__":
    main()
