"""Who may see and do what: roles, permissions, the database's row context, and the audit log."""
