"""Files in: one reader a source, and tables with every cell checked."""

from bosett.sources.tables import Row, Table, read_table

__all__ = ["Row", "Table", "read_table"]
