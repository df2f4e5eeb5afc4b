"""Every write: check access, call the library, store, audit, in one transaction."""
