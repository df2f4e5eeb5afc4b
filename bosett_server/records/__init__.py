"""Tables, migrations and database constraints; no logic, no signals, no save overrides."""
