"""Date and number formats by language, found by Django through FORMAT_MODULE_PATH."""
