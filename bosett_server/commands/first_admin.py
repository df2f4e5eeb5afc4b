"""`bosett first-admin NAME`: who gives the others their roles."""

from __future__ import annotations

import argparse
from importlib import import_module

import django
from django.conf import settings


def arguments(parser: argparse.ArgumentParser) -> None:
    """The user name of the administrator."""
    parser.add_argument("username")


def run(args: argparse.Namespace) -> int:
    """The administrator exists; the link, good for a day and once, sets the password."""
    django.setup()
    # Only now: these need Django set up.
    system = import_module("bosett_server.access.actor").SYSTEM
    context = import_module("bosett_server.access.context")
    accounts = import_module("bosett_server.actions.accounts")
    user = import_module("bosett_server.actions.first_admin").make_first_admin(system, username=args.username)
    with context.acting(system):
        print(f"{settings.BOSETT_ADDRESS}{accounts.password_path(user)}")
    return 0
