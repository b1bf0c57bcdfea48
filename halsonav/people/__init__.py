"""The room `people`; see README.md."""
