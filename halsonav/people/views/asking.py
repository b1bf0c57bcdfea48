"""What all pages for those who work ask first: by which method, who it is, and whether they may."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from halsonav.people.addresses import address_of, network_of
from halsonav.people.models import User
from halsonav.people.permissions import Permission
from halsonav.people.rules import may

READ: Final = ("GET", "HEAD")
FORM: Final = (*READ, "POST")
WRITE: Final = ("POST",)

Sent = QueryDict | None
Crumb = dict[str, str]

View = Callable[..., HttpResponse]


def sent(request: HttpRequest) -> Sent:
    """Return what a form was sent with, however little; None when it is only shown."""
    return request.POST if request.method == "POST" else None


def network_asking(request: HttpRequest) -> str:
    """Return the network that a request comes from, as far as it can be trusted."""
    return network_of(address_of(request.META, settings.PROXIES))


def number_in(text: str) -> int:
    """Return the number of a page; the first for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def settings_crumb() -> Crumb:
    """Return the link back to the first page of the settings."""
    return {"href": reverse("people:settings"), "label": _("Inställningar")}


def page(
    permission: Permission | None = None, methods: tuple[str, ...] = READ
) -> Callable[[View], View]:
    """Let a view be asked by these methods, by who has the permission somewhere.

    The view is called with the request and the user. Who is not signed in is led to sign in; the
    wrong role is answered 403, the wrong method 405. Nothing that is answered is kept anywhere.
    """

    def for_them(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            user = request.user
            if not isinstance(user, User) or (permission and not may(user, permission)):
                raise PermissionDenied
            return view(request, user, *args, **kwargs)

        return require_http_methods(methods)(never_cache(login_required(asked)))

    return for_them
