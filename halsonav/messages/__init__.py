"""The room `messages`; see README.md."""
