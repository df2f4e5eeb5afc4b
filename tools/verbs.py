"""The verbs of `./run`: what each is for, what it needs set up, and what it starts."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tools import checks, migrations, requirements, tests_run
from tools.environment import Needs
from tools.failure import SetupFailed
from tools.paths import PYTHON, ROOT
from tools.progress import say
from tools.set_up import set_up

SERVICE_COMMANDS = (
    "demo",
    "demo-token",
    "serve",
    "migrate",
    "backup",
    "restore",
    "audit-verify",
    "worker",
    "first-admin",
)
BAD_USE = 2


@dataclass(frozen=True)
class Verb:
    """One word after `./run`."""

    help: str
    start: Callable[[Sequence[str]], int]


def replace_process(*command: str) -> int:
    """Become `python …` of the environment, so that signals and exit codes are the program's own."""
    sys.stdout.flush()
    os.execv(PYTHON, [str(PYTHON), "-P", *command])  # noqa: S606


def service(command: str, arguments: Sequence[str]) -> int:
    """One of the service's own commands, with its pages and translations in place."""
    set_up(Needs.SERVICE, pages=True)
    return replace_process("-m", "bosett_server.commands", command, *arguments)


def bosett(arguments: Sequence[str]) -> int:
    """The command line `bosett …`: the service's commands, and everything that works on files."""
    if arguments and arguments[0] in SERVICE_COMMANDS:
        return service(arguments[0], arguments[1:])
    set_up(Needs.SERVICE)
    return replace_process("-m", "bosett.cli", *arguments)


def manage(arguments: Sequence[str]) -> int:
    """Django's own commands."""
    set_up(Needs.SERVICE)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bosett_server.settings")
    return replace_process("-m", "django", *arguments)


def bench(arguments: Sequence[str]) -> int:
    """The benchmark named first with its arguments, or all of them, one after the other."""
    set_up(Needs.DEVELOPMENT, pages=True)
    if arguments:
        return replace_process("-m", f"benchmarks.{arguments[0]}", *arguments[1:])
    names = sorted(file.stem for file in (ROOT / "benchmarks").glob("[!_]*.py"))
    if not names:
        raise SetupFailed("There are no benchmarks in benchmarks/.")
    commands = [[str(PYTHON), "-P", "-m", f"benchmarks.{name}"] for name in names]
    return max(subprocess.run(command, check=False).returncode for command in commands)  # noqa: S603


def screenshots(arguments: Sequence[str]) -> int:
    """Pictures of the pages for the README and the guides."""
    set_up(Needs.DEVELOPMENT, pages=True)
    return replace_process("-m", "tests.browser.screenshots", *arguments)


def messages(arguments: Sequence[str]) -> int:
    """Translations compiled, as every set-up with pages does."""
    del arguments  # takes none
    set_up(Needs.SERVICE, translations=True)
    say("translations are compiled")
    return 0


VERBS = {
    "demo": Verb("start everything with real figures and synthetic households", lambda a: service("demo", a)),
    "demo-token": Verb(
        "a token for the demo's API: ./run demo-token kommune", lambda a: service("demo-token", a)
    ),
    "test": Verb("run the tests; arguments go to pytest", tests_run.test),
    "check": Verb("style, types, floors, migrations and the rules of the house", checks.check),
    "bench": Verb("run the benchmarks, or those named", bench),
    "serve": Verb("run the service on the database in DATABASE_URL", lambda a: service("serve", a)),
    "worker": Verb("run the jobs that go by the clock", lambda a: service("worker", a)),
    "first-admin": Verb("make the first administrator", lambda a: service("first-admin", a)),
    "migrate": Verb("bring the database to this version", lambda a: service("migrate", a)),
    "backup": Verb("write a backup", lambda a: service("backup", a)),
    "restore": Verb("read a backup back", lambda a: service("restore", a)),
    "audit-verify": Verb("check the seals of the audit log", lambda a: service("audit-verify", a)),
    "bosett": Verb("the command line on files: ./run bosett --help", bosett),
    "manage": Verb("Django's commands: ./run manage help", manage),
    "migrations": Verb("make the tables' one migration anew from the models", migrations.renew),
    "requirements": Verb(
        "compile requirements/*.in to hashed *.txt; --upgrade for newer", requirements.renew
    ),
    "screenshots": Verb("take the pictures of the pages anew", screenshots),
    "messages": Verb("compile the translations", messages),
}


def run(arguments: Sequence[str]) -> int:
    """Start the verb named first; without one, list them all."""
    if not arguments or arguments[0] in ("help", "-h", "--help"):
        print(overview())
        return 0
    verb = VERBS.get(arguments[0])
    if verb is None:
        print(f"./run knows no '{arguments[0]}'.\n\n{overview()}", file=sys.stderr)
        return BAD_USE
    try:
        return verb.start(arguments[1:])
    except SetupFailed as failure:
        say(str(failure))
        return 1
    except KeyboardInterrupt:
        say("stopped")
        return 130


def overview() -> str:
    """The list of verbs, one a line."""
    width = max(map(len, VERBS))
    return "\n".join(
        ["Usage: ./run VERB …", "", *(f"  {name:<{width}}  {verb.help}" for name, verb in VERBS.items())]
    )
