"""The room `desk` as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from halsonav.design import menu, panels
from halsonav.people.permissions import Permission


class DeskConfig(AppConfig):
    """Registers the room, its entry in the workspace's menu and the panel about the background."""

    name = "halsonav.desk"
    label = "desk"

    def ready(self) -> None:
        """Put Today first in the menu of the workspace."""
        from halsonav.desk import background  # noqa: PLC0415 (models must be loaded first)

        menu.register_workspace(10, _("I dag"), "desk:today", Permission.SEE_WORKSPACE)
        panels.register(900, background.panel)
