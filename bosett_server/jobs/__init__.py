"""Work done later or again: thin tasks that call actions."""
