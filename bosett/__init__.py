"""Bosett: the agreement on reception and settlement of refugees, as a pure library.

Values in, values out: nothing below this package reads a clock, a network, a database
or Django.  Dates, random generators and rates are arguments.
"""

__version__ = "0.1.0"
