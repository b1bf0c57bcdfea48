"""The room `people` as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers the room and what it does in the background."""

    name = "halsonav.people"
    label = "people"

    def ready(self) -> None:
        """Tidy sessions and attempts every night, and write the journal's head down."""
        from halsonav.jobs.schedule import daily, register  # noqa: PLC0415 (models come first)
        from halsonav.people.jobs import tidy_sign_ins  # noqa: PLC0415
        from halsonav.people.journal_heads import export  # noqa: PLC0415

        register("people.tidy_sign_ins", tidy_sign_ins, daily("03:30"))
        register("people.export_journal_head", export, daily("03:40"))
