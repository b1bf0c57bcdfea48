"""The public site: start, find, activities, areas, themes, contact."""
