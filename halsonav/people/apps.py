"""The room `people` as a Django app."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from halsonav.design import menu, panels
from halsonav.people.pages import settings_pages
from halsonav.people.permissions import Permission


class PeopleConfig(AppConfig):
    """Registers the room and what it does in the background."""

    name = "halsonav.people"
    label = "people"

    def ready(self) -> None:
        """Put the settings last in the menu; forget and write the journal's head at night."""
        from halsonav.jobs.schedule import daily, every, register  # noqa: PLC0415 (models come first)
        from halsonav.people import jobs  # noqa: PLC0415
        from halsonav.people.actions import answer_data_requests  # noqa: PLC0415
        from halsonav.people.pages import waiting_panel  # noqa: PLC0415
        from halsonav.people.pages.panels import lost_second_steps, readings_to_review  # noqa: PLC0415
        from halsonav.people.personal_data import register as declare_personal_data  # noqa: PLC0415

        declare_personal_data()
        panels.register(40, lost_second_steps)
        panels.register(45, readings_to_review)
        menu.register_workspace(
            900, _("Inställningar"), "people:settings", Permission.SEE_WORKSPACE
        )
        settings_pages.register()
        panels.register(905, waiting_panel.panel)
        register("people.read_clock", jobs.read_clock, every(minutes=5), timedelta(minutes=5))
        register(
            "people.answer_data_requests",
            answer_data_requests,
            every(minutes=1),
            timedelta(minutes=5),
        )
        register("people.forget", jobs.forget, daily("03:20"))
        register("people.carry_out_handovers", jobs.carry_out_what_is_due, daily("00:10"))
        register("people.draw_reviews", jobs.draw_readings_to_review, daily("04:10"))
        register("people.export_journal_head", jobs.export_journal_head, daily("03:40"))
