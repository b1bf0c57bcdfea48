"""Measures speed against a floor taken in the same run. `make bench`; docs/performance.md."""
