"""`./run VERB …` arrives here."""

import sys

from tools.verbs import run

sys.exit(run(sys.argv[1:]))
