"""The demo: three real centres, told by us, over a rolling year around today."""
