"""The room `jobs` as a Django app."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Registers the room and its own nightly cleaning."""

    name = "halsonav.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Let old failures and finished tasks be thrown away at night."""
        from halsonav.jobs import schedule  # noqa: PLC0415 (models must be loaded first)
        from halsonav.jobs.failures import forget_old  # noqa: PLC0415

        schedule.register("jobs.forget_old", forget_old, schedule.daily("03:40"))
