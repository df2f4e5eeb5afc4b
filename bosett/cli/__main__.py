"""`python -m bosett.cli`."""

import sys

from bosett.cli.main import main

sys.exit(main())
