"""What is stored about you: for a resident by a letter, without cookie or account."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_callable, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from halsonav.people.actions import (
    LinkGoneError,
    ask_for_data,
    erase_by_request,
    open_data_request,
)
from halsonav.people.forms import OwnDataForm
from halsonav.people.signing_in import throttle
from halsonav.people.views.asking import FORM, WRITE, network_asking

View = Callable[..., HttpResponse]


def without_cookie(methods: tuple[str, ...]) -> Callable[[View], View]:
    """Let a view be asked by these methods without a cookie: a form from another site is refused.

    Nothing that is answered is kept, and no address that is left from here is told to others.
    """

    def for_all(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and not _is_from_us(request):
                refused: HttpResponse = get_callable(settings.CSRF_FAILURE_VIEW)(request)
                return refused
            answer = view(request, *args, **kwargs)
            answer.headers["Referrer-Policy"] = "no-referrer"
            return answer

        return csrf_exempt(require_http_methods(methods)(never_cache(asked)))

    return for_all


def _is_from_us(request: HttpRequest) -> bool:
    """Say whether a form comes from a page of ours; a browser always says from where.

    Our own pages, which tell nobody where one comes from, say `null`; so does a frame of another's.
    """
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site", "none" if origin is None else "")
    if origin in (None, "null"):
        return site in ("none", "same-origin")
    return urlsplit(origin).netloc in {request.get_host(), urlsplit(settings.ORIGIN).netloc}


@without_cookie(FORM)
def ask(request: HttpRequest) -> HttpResponse:
    """Take a question in; the answer is the same whatever is stored."""
    network = network_asking(request)
    form = OwnDataForm(request.POST if request.method == "POST" else None, network=network)
    if form.is_valid():
        address = form.cleaned_data["email"]
        if throttle.admit("own_data/account", address.lower()):
            ask_for_data(by=AnonymousUser(), address=address, language=request.LANGUAGE_CODE)
        return _said(
            request,
            _("Titta i din e-post"),
            _(
                "Har vi sparat något om adressen kommer ett brev inom några minuter. Kommer det"
                " inget har vi inget sparat, eller så har du frågat flera gånger nyss."
            ),
        )
    context = {"heading": _("Vad har vi sparat om dig?"), "form": form}
    return render(request, "people/own_data_ask.html", context)


@without_cookie(FORM)
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Offer to show what is stored; show it once, when the button is pressed.

    A reader of mail that opens links by itself has so not used it up.
    """
    if request.method != "POST":
        return render(request, "people/own_data_link.html", {"heading": _("Det här är sparat")})
    try:
        opened = open_data_request(by=AnonymousUser(), token=token)
    except LinkGoneError as error:
        return _gone(request, error)
    context = {"heading": _("Det här är sparat"), "opened": opened}
    return render(request, "people/own_data.html", context)


@without_cookie(WRITE)
def erase(request: HttpRequest) -> HttpResponse:
    """Erase what the page showed."""
    try:
        erase_by_request(by=AnonymousUser(), token=request.POST.get("token", "")[:100])
    except LinkGoneError as error:
        return _gone(request, error)
    return _said(
        request,
        _("Det är borttaget"),
        _("Det kommer inte tillbaka, inte heller om vi måste läsa in en säkerhetskopia."),
    )


def _gone(request: HttpRequest, error: LinkGoneError) -> HttpResponse:
    ask_again = {"href": reverse("own_data:ask"), "text": _("Fråga igen")}
    said = " ".join(error.messages)
    return _said(request, _("Länken gäller inte"), said, ask_again, status=404)


def _said(
    request: HttpRequest, heading: str, lead: str, *links: dict[str, str], status: int = 200
) -> HttpResponse:
    back = {"href": reverse("website:privacy"), "text": _("Så skyddar vi dina uppgifter")}
    context = {"heading": heading, "lead": lead, "links": [*links, back]}
    return render(request, "design/message.html", context, status=status)
