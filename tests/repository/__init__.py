"""The rules of the house, tried on the tree itself; and each rule tried on a sample that breaks it."""
