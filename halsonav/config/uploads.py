"""Files that somebody sends: no form here takes any, so none is kept, not even for a moment."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class NoFiles(FileUploadHandler):
    """Reads past each file of a form without writing it to memory or disk."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Let go of the file before its first byte."""
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep nothing."""

    def file_complete(self, file_size: int) -> None:
        """Have no file to give."""
