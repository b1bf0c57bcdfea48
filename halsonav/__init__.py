"""Hälsonav: the system on which a local health-promotion centre is run.

The package is cut into rooms that stand on floors; imports go down only.
`docs/architecture.md` draws the house.
"""

__version__ = "0.1.0"
