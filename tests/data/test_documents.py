"""The README names what there is: every make command, every command of the app, every dependency."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ("requirements.in", "requirements-dev.in")


@pytest.fixture(scope="module")
def readme():
    return (ROOT / "README.md").read_text(encoding="utf-8")


def make_commands():
    """Return the targets that a person may type."""
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    return phony[1].split()


def dependencies():
    lines = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in REQUIREMENTS).splitlines()
    return [re.split(r"[=<>~\[; ]", line)[0] for line in lines if line and not line.startswith(("#", "-r"))]


def subcommands():
    shown = subprocess.run(
        [sys.executable, "-m", "decision", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return re.findall(r"^    ([a-z]+) ", shown, re.MULTILINE)


def test_there_is_something_to_name():
    assert {"run", "test"} <= set(make_commands())
    assert {"compare", "validate"} <= set(subcommands())
    assert {"streamlit", "pytest"} <= set(dependencies())


def test_the_readme_names_every_make_command(readme):
    assert [name for name in make_commands() if f"make {name}" not in readme] == []


def test_the_readme_names_every_command_of_the_app(readme):
    assert [name for name in subcommands() if f"python -m decision {name}" not in readme] == []


def test_the_readme_names_every_dependency(readme):
    assert [name for name in dependencies() if not re.search(rf"\b{re.escape(name)}\b", readme, re.IGNORECASE)] == []


def test_every_dependency_is_pinned():
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        loose = [line for line in lines if re.match(r"^[a-z]", line, re.IGNORECASE) and "==" not in line]
        assert loose == []


def test_every_dependency_has_the_hash_of_its_files():
    for name in ("requirements.txt", "requirements-dev.txt"):
        pinned = re.split(r"^(?=[a-z])", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE | re.IGNORECASE)
        bare = [entry.split("==")[0] for entry in pinned if "==" in entry and "--hash=sha256:" not in entry]
        assert bare == [], f"{name}: run make lock"


def test_a_link_in_a_document_leads_somewhere():
    for document in [*ROOT.glob("*.md"), *(ROOT / name / "README.md" for name in ("data", "deploy"))]:
        text = document.read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text):
            assert (document.parent / target).exists(), f"{document.name}: {target}"
