"""The WSGI application that the web server calls."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "halsonav.config.settings")
_django = get_wsgi_application()

from halsonav.website.ready_pages import ReadyPages  # noqa: E402 (Django must be set up first)

application = ReadyPages(_django)
