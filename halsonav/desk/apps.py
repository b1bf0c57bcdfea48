"""The room `desk` as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from halsonav.design import menu
from halsonav.people.permissions import Permission


class DeskConfig(AppConfig):
    """Registers the room and its entry in the workspace's menu."""

    name = "halsonav.desk"
    label = "desk"

    def ready(self) -> None:
        """Put Today first in the menu of the workspace."""
        menu.register_workspace(10, _("I dag"), "desk:today", Permission.SEE_WORKSPACE)
