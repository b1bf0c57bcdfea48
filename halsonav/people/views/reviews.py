"""The monthly look at readings that were drawn at random."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from halsonav.people.actions import OwnReadingError, ReviewedAlreadyError, review_reading
from halsonav.people.forms import VerdictForm
from halsonav.people.models import AskReason, ReadReview, ReviewedReading, User, Verdict
from halsonav.people.pages.review_page import review_shown
from halsonav.people.pages.role_places import place_name
from halsonav.people.permissions import Permission
from halsonav.people.views.asking import WRITE, page, settings_crumb


@page(Permission.READ_JOURNAL)
def reviews(request: HttpRequest, user: User) -> HttpResponse:
    """List the reviews of the places where the user may read the journal."""
    rows = ReadReview.objects.visible_to(user).select_related("centre", "organisation")
    waiting = set(ReadReview.objects.waiting_for(user).values_list("pk", flat=True))
    context = {
        "heading": _("Granska visningar"),
        "lead": _("Varje månad lottas några visningar fram, så att någon ser efter varför."),
        "crumbs": [settings_crumb()],
        "rows": [
            {"id": row.pk, "name": _name(row), "waits": row.pk in waiting}
            for row in rows.order_by("-month", "pk")[:200]
        ],
    }
    return render(request, "people/reviews.html", context)


@page(Permission.READ_JOURNAL)
def review(request: HttpRequest, user: User, review: int) -> HttpResponse:
    """Show the readings that were drawn, with what can be said of each."""
    held = get_object_or_404(ReadReview.objects.visible_to(user), pk=review)
    context = {
        "heading": _name(held),
        "lead": _("Hör visningen till läsarens arbete? Är du osäker, fråga."),
        "crumbs": [settings_crumb()],
        "review": held,
        "page": review_shown(user, held),
        "reasons": AskReason.choices,
    }
    return render(request, "people/review.html", context)


@page(Permission.READ_JOURNAL, WRITE)
def say(request: HttpRequest, user: User, review: int, line: int) -> HttpResponse:
    """Say what a drawn reading was."""
    held = get_object_or_404(ReviewedReading.objects.visible_to(user), pk=line)
    if held.review_id != review:
        raise Http404
    form = VerdictForm(request.POST)
    if not form.is_valid():
        messages.warning(request, str(next(iter(form.errors.values()))[0]))
        return redirect("people:review", review=review)
    given = form.cleaned_data
    reason = AskReason(given["reason"]) if given["reason"] else None
    try:
        review_reading(by=user, line=held, verdict=Verdict(given["verdict"]), reason=reason)
    except OwnReadingError:
        raise PermissionDenied from None
    except ReviewedAlreadyError as refused:
        messages.warning(request, refused.messages[0])
        return redirect("people:review", review=review)
    messages.success(request, _("Omdömet är sparat."))
    return redirect("people:review", review=review)


def _name(review: ReadReview) -> str:
    month = date_format(review.month, "F Y")
    where = place_name(review.place) if review.place else _("Hela installationen")
    return _("Visningar i %(month)s, %(place)s") % {"month": month, "place": where}
