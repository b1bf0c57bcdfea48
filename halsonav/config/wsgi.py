"""The WSGI application that the web server calls; it has read all before the first request."""

import os
from urllib.parse import urlsplit

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "halsonav.config.settings")
_django = get_wsgi_application()

from django.conf import settings  # noqa: E402 (Django must be set up first)

from halsonav.config.readers_first import SENDERS, ReadersFirst  # noqa: E402
from halsonav.programme import finder  # noqa: E402
from halsonav.website import addresses  # noqa: E402
from halsonav.website.ready_pages import ReadyPages  # noqa: E402

_languages = [code for code, _ in settings.LANGUAGES]
_pages = ReadyPages(_django)
application = ReadersFirst(_pages, SENDERS)
finder.serve(_languages)
_pages.prepare(urlsplit(settings.ORIGIN).netloc, addresses.in_each(_languages, "find"))
