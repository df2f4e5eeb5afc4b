"""The parties' commitments with indicators: kept or not, as of a day."""
