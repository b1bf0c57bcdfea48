"""What is told once, on the next page: in a cookie that is bound to the host, as the others are.

It waits in no session, since what is told may be that the session has been ended.
"""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage


class HostBound(CookieStorage):
    """Django's own, under a name that a browser takes from this host alone."""

    cookie_name = f"{settings.COOKIE_PREFIX}messages"
