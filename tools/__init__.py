"""What `./run` does: set-up of the environment, and the verbs.

Runs on the machine's own Python before anything is installed, so everything here uses the standard
library alone.  Two modules are exceptions and run inside the environment once it exists:
`compile_translations` (Babel) and `pytest_needs` (pytest).
"""
