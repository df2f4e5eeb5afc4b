"""How much of a long list is shown before somebody asks for all."""

AT_ONCE = 100
