"""What stops a backup or a restore, each said in one sentence to the person at the terminal."""

import errno


class BackupError(Exception):
    """It was not made, or not put back; the message is a sentence in Swedish that says why."""


def of_disk(error: OSError, where: object) -> BackupError:
    """Return what the system said no to, as a sentence."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return BackupError(f"Disken är full: det gick inte att skriva klart i {where}.")
    return BackupError(f"Det gick inte att läsa eller skriva i {where} ({error.strerror}).")
