"""One's own account, under `/arbete/installningar/`."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from halsonav.people.actions import end_session, end_sessions
from halsonav.people.models import Session, User
from halsonav.people.own_account import own_account
from halsonav.people.session_store import hash_of


def _this(request: HttpRequest) -> str:
    return hash_of(request.session.session_key or "")


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 (login_required has seen to it)
    return request.user


@require_GET
@never_cache
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Show one's own account."""
    held = own_account(_user(request), _this(request))
    return render(request, "people/own_account.html", {"heading": _("Ditt konto"), "account": held})


@require_POST
@login_required
def end_one(request: HttpRequest, session: str) -> HttpResponse:
    """End one of one's own sign-ins."""
    user = _user(request)
    found = get_object_or_404(Session.objects.visible_to(user).filter(user=user), pk=session)
    end_session(by=user, session=found)
    messages.success(request, _("Inloggningen är avslutad."))
    return redirect("people:account")


@require_POST
@login_required
def end_others(request: HttpRequest) -> HttpResponse:
    """End all of one's own sign-ins but this one."""
    end_sessions(by=_user(request), user=_user(request), but=_this(request))
    messages.success(request, _("Du är utloggad på alla andra enheter."))
    return redirect("people:account")
