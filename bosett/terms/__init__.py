"""The words everybody uses: frozen types for days, months, kroner, municipalities, groups and figures."""
