"""The file: parts in a tar, compressed, encrypted to a public key, written and read as a stream.

The encryption is the age format (age-encryption.org/v1), so that `age -d -i KEY FILE | tar xz`
opens it without us. Every 64 KiB are authenticated, and so is where the last of them ends.
"""

import hashlib
import io
import os
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pyrage
from pyrage import x25519

from halsonav.backup import manifest as manifests
from halsonav.backup.faults import BackupError, of_disk
from halsonav.backup.manifest import Manifest, Part
from halsonav.backup.private_files import private, sync_folder

_CHUNK: Final = 1 << 16
_BLOCK: Final = 512
_MANIFEST: Final = "manifest.json"
_MARK: Final = "manifest.mark"
_SMALL: Final = 50_000_000
"""More than any manifest has: what claims to be larger is none."""
_GZIP: Final = 31
_SPARE: Final = 32 << 20
"""Bytes to be left on the disk after a restore has written everything it needs."""
DAMAGED: Final = "Säkerhetskopian är skadad eller avklippt. Ta en annan kopia. Inget har ändrats."
WRONG_KEY: Final = (
    "Nyckeln öppnar inte den här säkerhetskopian, eller så är kopians början skadad."
    " Inget har ändrats."
)
NOT_OURS: Final = (
    "Säkerhetskopian är inte gjord med samma HALSONAV_SECRET_KEY. Sätt den nyckel som gällde när"
    " kopian gjordes: utan den går inloggning i två steg inte att läsa. Inget har ändrats."
)


def recipient_of(public: str) -> Any:
    """Return the key to encrypt to; raise `BackupError` when it is none."""
    try:
        return x25519.Recipient.from_str(public.strip())
    except pyrage.RecipientError as error:
        raise BackupError(
            "HALSONAV_BACKUP_RECIPIENT är ingen nyckel. Gör ett par: `halsonav backup-key FIL`."
        ) from error


def identity_of(file: Path) -> Any:
    """Return the secret key in a file; raise `BackupError` when there is none."""
    try:
        lines = file.read_text("utf-8").splitlines()
        secret = next(line.strip() for line in lines if line.startswith("AGE-SECRET-KEY-"))
        return x25519.Identity.from_str(secret)
    except (OSError, UnicodeDecodeError, StopIteration, pyrage.IdentityError) as error:
        raise BackupError(
            f"I {file} står ingen nyckel. Den börjar med AGE-SECRET-KEY-. Inget har ändrats."
        ) from error


# Writing ------------------------------------------------------------------------------------------


def write(target: Path, public: str, manifest: Manifest, files: Mapping[str, Path]) -> int:
    """Write the backup beside its place and move it there when it is whole; return its size.

    `files` says where each part lies. A failure leaves what was at the place, and nothing beside.
    """
    recipient = recipient_of(public)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise of_disk(error, target.parent) from error
    half = Path(name)
    try:
        with os.fdopen(handle, "wb") as opened:
            _encrypt(_packed(manifest, files), opened, recipient)
            opened.flush()
            os.fsync(opened.fileno())
        half.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise of_disk(error, target.parent) from error
    finally:
        half.unlink(missing_ok=True)
    return target.stat().st_size


def _encrypt(chunks: Iterator[bytes], to: Any, recipient: Any) -> None:
    """Encrypt; what went wrong on either side of the library is raised as it was."""
    source, sink = _Pulled(chunks), _Watched(to)
    try:
        pyrage.encrypt_io(source, sink, [recipient])
    except (pyrage.EncryptError, OSError) as error:
        raise source.error or sink.error or BackupError("Krypteringen misslyckades.") from error
    if sink.error:  # of its last write the library says nothing
        raise sink.error


def _packed(manifest: Manifest, files: Mapping[str, Path]) -> Iterator[bytes]:
    squeeze = zlib.compressobj(3, zlib.DEFLATED, _GZIP)
    for chunk in _tar(manifest, files):
        if squeezed := squeeze.compress(chunk):
            yield squeezed
    yield squeeze.flush()


def _tar(manifest: Manifest, files: Mapping[str, Path]) -> Iterator[bytes]:
    raw = manifest.as_bytes()
    mark = manifests.signed(raw).encode()
    for name, content in ((_MANIFEST, raw), (_MARK, mark)):
        yield _head(name, len(content)) + content + _padding(len(content))
    for part in manifest.parts:
        yield _head(part.name, part.size)
        yield from _content(part, files[part.name])
        yield _padding(part.size)
    yield bytes(2 * _BLOCK)


def _head(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.PAX_FORMAT)


def _padding(size: int) -> bytes:
    return bytes(-size % _BLOCK)


def _content(part: Part, file: Path) -> Iterator[bytes]:
    digest = hashlib.sha256()
    with file.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            digest.update(chunk)
            yield chunk
    if digest.hexdigest() != part.sha256:
        raise BackupError(f"{part.name} ändrades medan kopian gjordes. Kör kommandot igen.")


class _Pulled(io.RawIOBase):
    """Chunks as a file that is read; keeps what was raised on the way."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._left = chunks, b""
        self.error: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        """Return at most so many bytes, none at the end."""
        try:
            while not self._left:
                self._left = next(self._chunks)
        except StopIteration:
            return b""
        except Exception as error:
            self.error = error
            raise
        size = len(self._left) if size < 0 else size
        given, self._left = self._left[:size], self._left[size:]
        return given


class _Watched:
    """A file that is written to; keeps what the disk said."""

    def __init__(self, to: Any) -> None:
        self._to = to
        self.error: OSError | None = None

    def write(self, chunk: bytes) -> int:
        """Write all of it."""
        try:
            self._to.write(chunk)
        except OSError as error:
            self.error = error
            raise
        return len(chunk)

    def flush(self) -> None:
        """Pass on what waits."""
        try:
            self._to.flush()
        except OSError as error:
            self.error = error
            raise


# Reading ------------------------------------------------------------------------------------------


def unpack(file: Path, identity: Any, folder: Path) -> Manifest:
    """Put every part of a backup into an empty folder, or raise `BackupError` with a sentence.

    Nothing of it is to be used before this has returned: then all of it is as it was written.
    """
    if not file.is_file():
        raise BackupError(f"Filen {file} finns inte.")
    packed = folder / ".packed"
    try:
        _room_for(file.stat().st_size, folder)
        _decrypt(file, identity, packed)
        with tarfile.open(packed, "r:gz") as tar:
            manifest = _manifest(tar)
            _room_for(manifest.size, folder)
            for part in manifest.parts:
                _take(tar, part, folder)
            if tar.next() is not None:
                raise BackupError(DAMAGED)
        return manifest
    except (tarfile.TarError, zlib.error, EOFError, UnicodeDecodeError) as error:
        raise BackupError(DAMAGED) from error
    except OSError as error:
        raise (of_disk(error, folder) if error.errno else BackupError(DAMAGED)) from error
    finally:
        packed.unlink(missing_ok=True)


def _decrypt(file: Path, identity: Any, packed: Path) -> None:
    with file.open("rb") as source, private(packed) as opened:
        sink = _Watched(opened)
        try:
            pyrage.decrypt_io(source, sink, [identity])
        except pyrage.DecryptError as error:
            raise BackupError(WRONG_KEY) from error
        except OSError as error:
            raise sink.error or BackupError(DAMAGED) from error
        if sink.error:
            raise sink.error


def _manifest(tar: tarfile.TarFile) -> Manifest:
    raw = _small(tar, _MANIFEST)
    if not manifests.is_signed(raw, _small(tar, _MARK).decode("ascii")):
        raise BackupError(NOT_OURS)
    return manifests.read(raw)


def _small(tar: tarfile.TarFile, name: str) -> bytes:
    info = tar.next()
    if info is None or info.name != name or not info.isreg() or info.size > _SMALL:
        raise BackupError(DAMAGED)
    opened = tar.extractfile(info)
    return opened.read() if opened else b""


def _take(tar: tarfile.TarFile, part: Part, folder: Path) -> None:
    """Write the next part to its place in the folder, and see that it is what was promised."""
    info = tar.next()
    place = (folder / part.name).resolve()
    if info is None or info.name != part.name or not info.isreg():
        raise BackupError(DAMAGED)
    if not place.is_relative_to(folder.resolve()):
        raise BackupError(DAMAGED)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    source = tar.extractfile(info)
    with private(place) as opened:
        if source:
            shutil.copyfileobj(source, opened, _CHUNK)
    if manifests.part_of(part.name, place) != part:
        raise BackupError(DAMAGED)


def _room_for(size: int, folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < size + _SPARE:
        raise BackupError(
            f"Disken är för liten: i {folder.parent} finns {free >> 20} MB ledigt, men det behövs"
            f" {(size + _SPARE) >> 20} MB. Inget har ändrats."
        )
