"""Says that it is a test before Django reads its settings; pytest loads this first of all."""

import os

os.environ.setdefault("HALSONAV_MODE", "test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "halsonav.config.settings")
