"""This room's pages on the first page of the settings; other rooms put their own there."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halsonav.design import menu
from halsonav.people.permissions import Permission

_PAGES: Final[tuple[tuple[int, Promise, Promise, str, Permission | None], ...]] = (
    (
        10,
        _("Ditt konto"),
        _("Hur du loggar in, var du är inloggad och ditt språk."),
        "people:account",
        None,
    ),
    (
        15,
        _("Det här finns sparat om dig"),
        _("Allt som systemet vet om dig, till vad och hur länge, och när det har visats."),
        "people:stored",
        None,
    ),
    (
        20,
        _("Personer"),
        _("Vilka som arbetar här, vad de får göra och var de är inloggade."),
        "people:people",
        Permission.MANAGE_PEOPLE,
    ),
    (
        30,
        _("Organisationer och verksamheter"),
        _("Vad de heter, hur man når dem, funktionerna och vem som har dem."),
        "people:organisations",
        Permission.MANAGE_ORGANISATIONS,
    ),
    (
        75,
        _("Behandlingar av personuppgifter"),
        _("Vad systemet sparar om vilka, varför och hur länge: registret enligt artikel 30."),
        "people:processing",
        Permission.MANAGE_PEOPLE,
    ),
    (
        80,
        _("Gallring"),
        _("Vad som tas bort i natt, vad som väntar på ett ja och vad som har tagits bort."),
        "people:forgetting",
        Permission.RUN_OPERATIONS,
    ),
    (
        40,
        _("Loggen"),
        _("Vem som har gjort och sett vad, när och varför."),
        "people:log",
        Permission.READ_JOURNAL,
    ),
    (
        50,
        _("Granska visningar"),
        _("Varje månad lottas några visningar fram, så att någon ser efter varför."),
        "people:reviews",
        Permission.READ_JOURNAL,
    ),
    (
        65,
        _("Grupper som ger roller"),
        _("Vilka grupper hos organisationens egen inloggning som ger vilka roller här."),
        "people:group_mappings",
        Permission.RUN_OPERATIONS,
    ),
    (
        60,
        _("Krav på inloggning"),
        _("Två steg, hur länge en inloggning varar och tillitsnivå, för varje roll."),
        "people:role_demands",
        Permission.RUN_OPERATIONS,
    ),
)


def register() -> None:
    """Put them there."""
    for page in _PAGES:
        menu.register_settings(*page)
