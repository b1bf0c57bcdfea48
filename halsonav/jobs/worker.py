"""The worker: runs what is due and what is in the queue, until told to stop."""

import logging
import os
import signal
import socket
from threading import Event
from types import FrameType
from typing import Final

from django.db import OperationalError, close_old_connections, connections
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from halsonav.jobs.running import run_due, tend_tasks

PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 30.0
log = logging.getLogger("halsonav.jobs")


def work_once() -> None:
    """Do everything that waits now."""
    close_old_connections()
    run_due()
    tend_tasks()
    if DBTaskResult.objects.ready().exists():
        _queue().run()


def work_until_stopped() -> None:
    """Work until SIGTERM or SIGINT; what is begun is finished first.

    A database that does not answer is waited for, longer and longer up to half a minute.
    """
    stopped = _stop_signal()
    pause = PAUSE
    while not stopped.is_set():
        try:
            work_once()
            pause = PAUSE
        except OperationalError:
            log.warning("The database does not answer; trying again in %.0f s.", pause)
            connections.close_all()
            pause = min(pause * 2, LONGEST_PAUSE)
        stopped.wait(pause)


def _stop_signal() -> Event:
    stopped = Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    return stopped


def _queue() -> Worker:
    return Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id=f"{socket.gethostname()[:40]}-{os.getpid()}",
        excluded_queue_names=[],
    )
