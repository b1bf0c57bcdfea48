"""The room `programme` as a Django app."""

from datetime import time

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """Registers the room, its panels on Today and what it does by itself."""

    name = "halsonav.programme"
    label = "programme"

    def ready(self) -> None:
        """Put the programme on Today and its jobs in the schedule."""
        from halsonav.design import panels  # noqa: PLC0415 (models must be loaded first)
        from halsonav.jobs import schedule  # noqa: PLC0415
        from halsonav.people import followers  # noqa: PLC0415
        from halsonav.programme import jobs, journal_words  # noqa: PLC0415
        from halsonav.programme.actions.names import names_follow  # noqa: PLC0415
        from halsonav.programme.panels import missed_searches, occurrences_today  # noqa: PLC0415
        from halsonav.programme.personal_data import register as declare_personal_data  # noqa: PLC0415

        followers.follow(names_follow)
        panels.register(10, occurrences_today)
        panels.register(80, missed_searches)
        schedule.register("programme.tidy_finder", jobs.tidy_finder, schedule.Daily(time(3, 10)))
        journal_words.register()
        declare_personal_data()
