"""`bosett year-report`: the year's report of the agreement as PDF or docx, in bokmål or nynorsk."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from bosett.cli.days import day
from bosett.cli.exits import DONE
from bosett.outputs.paper import FORMS
from bosett.outputs.paper_docx import paper_docx
from bosett.outputs.paper_pdf import paper_pdf
from bosett.outputs.whole import write_file_whole
from bosett.outputs.year_report import ReportInput, year_report
from bosett.sources.commitment_facts import FIRST_YEAR, shipped_facts
from bosett.terms.errors import BadInput

NAME = "year-report"
HELP = "The year's report of the agreement, as PDF (PDF/UA and PDF/A) or docx."
KINDS = {".pdf": paper_pdf, ".docx": paper_docx}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--year, --as-of, --form and --out."""
    parser.add_argument("--year", type=int, required=True)
    parser.add_argument(
        "--as-of", type=day, metavar="DATE", help="facts known by then; the year's last day when left out"
    )
    parser.add_argument("--form", choices=FORMS, default="nb", help="bokmål or nynorsk")
    parser.add_argument("--out", type=Path, required=True, help="a .pdf or .docx file")


def run(arguments: argparse.Namespace) -> int:
    """Make the report and write it whole or not at all."""
    kind = arguments.out.suffix.lower()
    if kind not in KINDS:
        raise BadInput(f"the ending {kind!r}", " or ".join(KINDS), str(arguments.out))
    as_of = arguments.as_of or date(arguments.year, 12, 31)
    told = ReportInput(shipped_facts(), arguments.year, FIRST_YEAR, as_of)
    content = KINDS[kind](year_report(told, arguments.form))
    write_file_whole(arguments.out, lambda path: _write(path, content))
    sys.stdout.write(f"{arguments.out}: {len(content)} bytes\n")
    return DONE


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
