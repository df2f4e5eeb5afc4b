"""The whole chain as functions, with modelled persons and answers in the place of people."""
