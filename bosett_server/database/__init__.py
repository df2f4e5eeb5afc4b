"""Getting and keeping a PostgreSQL: start-up of the embedded server, roles, backup.  No domain here."""
