"""The room `places`; see README.md."""
