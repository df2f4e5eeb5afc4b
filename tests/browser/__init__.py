"""The pages in a real browser: axe, keyboard, 320 px, and the tour of the README."""
