"""Django's PostgreSQL backend, connecting to wherever `bosett_server.database.connection` says."""
