"""The room `jobs`; see README.md."""
