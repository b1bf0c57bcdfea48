"""Reasons that are chosen, never written: the journal keeps the code, no words about anybody."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProtectReason(TextChoices):
    """Why somebody's data is protected."""

    ASKED = "asked", _("Personen har bett om det")
    REGISTRATION = "registration", _("Personen har skyddade uppgifter i folkbokföringen")
    THREAT = "threat", _("Det finns en hotbild")


class UnprotectReason(TextChoices):
    """Why somebody's data is no longer protected."""

    OVER = "over", _("Skyddet behövs inte längre")
    MISTAKE = "mistake", _("Markeringen var fel från början")


class OpenReason(TextChoices):
    """Why a protected person's page is opened."""

    CONTACT = "contact", _("Jag behöver nå personen")
    HELP = "help", _("Personen har bett mig om hjälp med kontot")
    RIGHTS = "rights", _("Jag ska ändra roller eller funktioner")
    INCIDENT = "incident", _("Något har hänt som måste redas ut")
