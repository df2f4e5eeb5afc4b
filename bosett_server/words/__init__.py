"""Sentences for codes: refusals and notices, in the reader's language; shared by pages, API and e-mail."""
