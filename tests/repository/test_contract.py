"""The contract of the command line tells of every command and every option; one without its line is found."""

import argparse
from importlib import import_module

import pytest

from bosett.cli.command import Command
from bosett.cli.main import COMMANDS
from bosett_server.commands import VERBS

from .contract import not_told, options
from .tree import ROOT

PAGE = (ROOT / "docs" / "interfaces.md").read_text("utf-8")


@pytest.mark.parametrize("command", COMMANDS, ids=[one.NAME for one in COMMANDS])
def test_the_contract_tells_of_each_command_on_files(command: Command) -> None:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    assert not not_told(command.NAME, parser, PAGE)


@pytest.mark.parametrize("verb", [name for name, _what in VERBS])
def test_the_contract_tells_of_each_verb_of_the_service(verb: str) -> None:
    parser = argparse.ArgumentParser()
    import_module(f"bosett_server.commands.{verb.replace('-', '_')}").arguments(parser)
    assert not not_told(verb, parser, PAGE)


def test_a_command_and_an_option_that_the_contract_lacks_are_found() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--told")
    under = parser.add_subparsers().add_parser("more")
    under.add_argument("--told-too")
    page = "# The page\n\n## What holds for every command\n\n`--json`\n\n## bosett one\n\n`bosett one --told` ...\n"
    assert list(options(parser)) == ["--told", "--told-too"]
    assert not_told("one", parser, page) == ["one --told-too"]
    assert not_told("on", parser, page) == ["on"]


def test_an_option_told_of_another_command_does_not_count() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed")
    page = "## bosett one\n\n`bosett one`\n\n## bosett two\n\n`bosett two --seed N`\n"
    assert not_told("one", parser, page) == ["one --seed"]
