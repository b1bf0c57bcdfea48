"""Backup and restore; see README.md."""
