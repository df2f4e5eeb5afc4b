"""Where things lie: the clone, its environment, and the notes of what was set up from what."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STATE = ROOT / ".setup"
"""Lock, stamps and logs of the set-up.  Safe to delete: the next run sets up anew."""

REQUIREMENTS = ROOT / "requirements"
FRONTEND = ROOT / "frontend"
NODE_MODULES = ROOT / "node_modules"
BUILT = ROOT / "bosett_server" / "web" / "static" / "built"
