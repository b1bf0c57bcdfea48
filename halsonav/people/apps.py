"""The room `people` as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from halsonav.design import menu, panels
from halsonav.people import settings_pages
from halsonav.people.permissions import Permission


class PeopleConfig(AppConfig):
    """Registers the room and what it does in the background."""

    name = "halsonav.people"
    label = "people"

    def ready(self) -> None:
        """Put the settings last in the menu; tidy and write the journal's head at night."""
        from halsonav.jobs.schedule import daily, register  # noqa: PLC0415 (models come first)
        from halsonav.people.jobs import tidy_sign_ins  # noqa: PLC0415
        from halsonav.people.journal_heads import export  # noqa: PLC0415
        from halsonav.people.panels import lost_second_steps  # noqa: PLC0415
        from halsonav.people.personal_data import register as declare_personal_data  # noqa: PLC0415

        declare_personal_data()
        panels.register(40, lost_second_steps)
        menu.register_workspace(
            900, _("Inställningar"), "people:settings", Permission.SEE_WORKSPACE
        )
        settings_pages.register()
        register("people.tidy_sign_ins", tidy_sign_ins, daily("03:30"))
        register("people.export_journal_head", export, daily("03:40"))
