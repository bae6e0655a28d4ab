"""`python -m decision handout`: the three forms, and one sentence for whatever is wrong."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from command import called
from people import shipped

from decision import visit
from decision.handout import saved

ROOT = Path(__file__).resolve().parents[2]
CIDP = ["--condition", "cidp", "--situation", "maintenance"]
THREE = [*CIDP, "--set", "travel_minutes=120", "--set", "w.benefit=9", "--show", "ivig,scig,fcrn_blocker"]


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "decision", "handout", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def made(path, *arguments):
    """Run it, and return the file and what was said besides."""
    done = run(*arguments, "--out", path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    return path.read_bytes(), done.stderr


def test_html_opens_again_as_the_same_visit(tmp_path):
    data, said = made(tmp_path / "visit.html", *THREE, "--lean", "scig", "--address", "https://options.example.org/")
    assert said == ""
    wanted = {
        "condition": "cidp", "situation": "maintenance", "travel_minutes": "120", "w.benefit": "9",
        "show": "ivig,scig,fcrn_blocker", "lean": "scig",
    }  # fmt: skip
    found = saved.read(data, shipped())
    assert (found.visit, found.sentences) == (visit.read(wanted, shipped())[0], ())
    assert b'class="qr"' in data


def test_pdf_takes_the_paper_asked_for(tmp_path):
    for paper, width in (("a4", 595), ("letter", 612)):
        data, _ = made(tmp_path / f"{paper}.PDF", *THREE, "--paper", paper, "--today", "2027-01-31")
        page = pypdf.PdfReader(io.BytesIO(data)).pages[0]
        assert round(page.mediabox.width) == width
        assert "31 January 2027" in page.extract_text()


def test_text_is_the_clinician_sheet(tmp_path):
    data, _ = made(tmp_path / "visit.txt", *THREE, "--set", "weight_kg=80", "--with-body")
    assert "1,387 g of immunoglobulin a year" in data.decode()
    assert "counted for 80 kg" in data.decode()


def test_the_body_is_named_only_when_asked_for(tmp_path):
    body = ["--set", "health=kidney_disease", "--set", "weight_kg=83"]
    for name in ("visit.html", "visit.txt"):
        without, said = made(tmp_path / name, *THREE, *body)
        assert "--with-body" in said
        assert b"Weak kidneys" not in without
        assert b"83 kg" not in without
        with_, said = made(tmp_path / name, *THREE, *body, "--with-body")
        assert said == ""
        assert b"Weak kidneys" in with_
        assert b"83 kg" in with_


def test_without_options_those_shown_first_are_on_it(tmp_path):
    data, _ = made(tmp_path / "visit.html", "--condition", "gbs")
    assert b"IVIG" in data
    assert b"Plasma exchange" in data


def test_what_is_not_known_is_left_out_and_named(tmp_path):
    _, said = made(tmp_path / "visit.html", *THREE, "--set", "colour=red")
    assert "colour" in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([*THREE], "--out"),
        (["--out", "x.html"], "--condition"),
        ([*THREE, "--out", "visit.docx"], "ends in .html, .pdf or .txt, not 'visit.docx'"),
        ([*THREE, "--out", "visit"], "ends in .html, .pdf or .txt, not 'visit'"),
        ([*THREE, "--out", "no/such/folder/visit.html"], "'no/such/folder/visit.html' cannot be written"),
        ([*THREE, "--out", "/proc/visit.pdf"], "'/proc/visit.pdf' cannot be written"),
        ([*THREE, "--out", "x.pdf", "--paper", "napkin"], "invalid choice: 'napkin'"),
        ([*THREE, "--out", "x.html", "--address", "javascript:alert(1)"], "--address takes an address"),
        ([*CIDP, "--out", "x.html", "--show", "ivig"], "--show takes 2 to 4 options, not 1"),
        ([*CIDP, "--out", "x.html", "--show", "ivig,scig,fscig,fcrn_blocker,hsct"], "2 to 4 options, not 5"),
        ([*CIDP, "--out", "x.html", "--show", "ivig,tea"], "'tea' is not an option here; use some of ivig"),
        ([*CIDP, "--out", "x.html", "--show", "ivig,tpo_ra"], "'tpo_ra' is not an option here"),
        ([*CIDP, "--out", "x.html", "--lean", "tea"], "'tea' is not an option here"),
        (["--condition", "gout", "--out", "x.html"], "unknown condition 'gout'"),
        ([*CIDP, "--out", "x.html", "--set", "weight"], "--set takes key=value"),
        ([*CIDP, "--out", "x.html", "--today", "soon"], "soon"),
    ],
)
def test_wrong_usage_is_one_sentence_and_writes_nothing(arguments, says):
    done = called("handout", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not [ROOT / name for name in ("x.html", "x.pdf", "visit", "visit.docx") if (ROOT / name).exists()]


def test_a_folder_and_a_file_that_may_not_be_written_get_one_sentence(tmp_path):
    folder = tmp_path / "visit.html"
    folder.mkdir()
    done = run(*THREE, "--out", folder)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "cannot be written" in done.stderr


def test_broken_tables_make_no_hand_out(tmp_path):
    done = run(*THREE, "--data", tmp_path, "--out", tmp_path / "visit.html")
    assert done.returncode == 1
    assert not (tmp_path / "visit.html").exists()
