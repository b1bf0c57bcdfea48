"""Whose site it is, for the frame: no queries."""

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from halsonav.design.site import Site
from halsonav.website import addresses


def this_site(request: HttpRequest) -> Site:
    """Return the name in header and footer, in the active language."""
    return Site(
        name="Hälsonav" if get_language() != "ar" else "هلسوناف",
        line=_("Gratis aktiviteter för din hälsa"),
        contact_url=addresses.page("talk"),
    )
