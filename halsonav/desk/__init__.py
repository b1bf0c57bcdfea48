"""The room `desk`; see README.md."""
