"""One's own account: where one is signed in, what one may do where, in which language."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from halsonav.people.actions import choose_language, end_session, end_sessions
from halsonav.people.forms import LanguageForm
from halsonav.people.models import Session, User
from halsonav.people.pages.own_account import own_account
from halsonav.people.signing_in.session_store import hash_of
from halsonav.people.views.asking import FORM, WRITE, page, sent, settings_crumb


def _this(request: HttpRequest) -> str:
    return hash_of(request.session.session_key or "")


@page()
def account(request: HttpRequest, user: User) -> HttpResponse:
    """Show one's own account."""
    context = {
        "heading": _("Ditt konto"),
        "crumbs": [settings_crumb()],
        "account": own_account(user, _this(request)),
    }
    return render(request, "people/own_account.html", context)


@page(methods=FORM)
def language(request: HttpRequest, user: User) -> HttpResponse:
    """Choose the language that the workspace speaks."""
    form = LanguageForm(sent(request), initial={"language": user.language})
    if form.is_valid():
        choose_language(by=user, user=user, language=form.cleaned_data["language"])
        with translation.override(user.language):
            messages.success(request, _("Språket är ändrat."))
        return redirect("people:account")
    back = {"href": reverse("people:account"), "text": _("Tillbaka till ditt konto")}
    context = {"heading": _("Ditt språk"), "form": form, "cancel": back}
    return render(request, "design/form.html", context)


@page(methods=WRITE)
def end_one(request: HttpRequest, user: User, session: str) -> HttpResponse:
    """End one of one's own sign-ins."""
    own = Session.objects.visible_to(user).filter(user=user)
    found = get_object_or_404(own.kept_as(session))
    end_session(by=user, session=found)
    messages.success(request, _("Inloggningen är avslutad."))
    return redirect("people:account")


@page(methods=WRITE)
def end_others(request: HttpRequest, user: User) -> HttpResponse:
    """End all of one's own sign-ins but this one."""
    end_sessions(by=user, user=user, but=_this(request))
    messages.success(request, _("Du är utloggad på alla andra enheter."))
    return redirect("people:account")
