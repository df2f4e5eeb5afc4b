"""Makes `python -m bosett_server.commands` work."""

from __future__ import annotations

import sys

from bosett_server.commands import main

sys.exit(main())
