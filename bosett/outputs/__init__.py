"""Files out: tables as csv, xlsx and parquet, written whole or not at all."""

from bosett.outputs.tables import Cell, check_writable, fill_table, write_table
from bosett.outputs.whole import write_file_whole, write_folder_whole

__all__ = ["Cell", "check_writable", "fill_table", "write_file_whole", "write_folder_whole", "write_table"]
