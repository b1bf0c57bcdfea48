"""The room `messages` as a Django app."""

from datetime import timedelta

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """Registers the room and what it does in the background."""

    name = "halsonav.messages"
    label = "outbox"

    def ready(self) -> None:
        """Deliver every minute, and tell of what could not be sent."""
        from halsonav.design import panels  # noqa: PLC0415 (models must be loaded first)
        from halsonav.jobs.schedule import every, register  # noqa: PLC0415
        from halsonav.messages import undelivered  # noqa: PLC0415
        from halsonav.messages.delivery import deliver_due  # noqa: PLC0415
        from halsonav.messages.personal_data import register as declare_personal_data  # noqa: PLC0415

        register("outbox.deliver", deliver_due, every(minutes=1), timedelta(minutes=5))
        panels.register(910, undelivered.panel)
        declare_personal_data()
