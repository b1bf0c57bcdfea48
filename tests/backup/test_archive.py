"""The file itself: whatever is cut, changed or opened with another key is refused, all of it."""

import stat
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyrage import x25519

from halsonav.backup import archive, manifest, private_files
from halsonav.backup.faults import BackupError
from halsonav.backup.manifest import Facts, Manifest
from halsonav.people.journal import Head

PAIR = x25519.Identity.generate()
CONTENT = {"database": b"rader " * 30_000, "files/media/a.txt": b"", "files/b": bytes(range(256))}


def _parts(folder: Path) -> dict[str, Path]:
    files = {}
    for number, (name, content) in enumerate(CONTENT.items()):
        files[name] = folder / f"{number}"
        files[name].write_bytes(content)
    return files


def _manifest(files: dict[str, Path]) -> Manifest:
    parts = tuple(manifest.part_of(name, file) for name, file in files.items())
    facts = Facts(("people.0001_initial",), Head(3, "ab"), {"people_user": 6})
    return Manifest("1", "sqlite", "3", "2026-11-28T02:00:00+00:00", facts, parts)


def _written(folder: Path) -> Path:
    files = _parts(folder)
    archive.write(folder / "kopia.age", str(PAIR.to_public()), _manifest(files), files)
    return folder / "kopia.age"


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return _written(tmp_path_factory.mktemp("whole")).read_bytes()


def _unpacked(content: bytes, pair: Any = PAIR) -> Manifest:
    with _folder() as folder:
        (folder / "kopia").write_bytes(content)
        (folder / "ut").mkdir()
        try:
            return archive.unpack(folder / "kopia", pair, folder / "ut")
        finally:
            assert not (folder / "ut" / ".packed").exists()


def test_what_was_written_is_read(tmp_path: Path) -> None:
    file = _written(tmp_path)
    out = tmp_path / "ut"
    out.mkdir()
    told = archive.unpack(file, PAIR, out)
    assert told == _manifest(_parts(tmp_path))
    for name, content in CONTENT.items():
        assert (out / name).read_bytes() == content
        assert stat.S_IMODE((out / name).stat().st_mode) == 0o600
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@given(st.data())
def test_a_file_cut_anywhere_is_refused(whole: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(BackupError):
        _unpacked(whole[:at])


@given(st.data())
def test_a_file_with_any_bit_turned_is_refused(whole: bytes, data: st.DataObject) -> None:
    at, bit = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(0, 7))
    turned = bytearray(whole)
    turned[at] ^= 1 << bit
    with pytest.raises(BackupError):
        _unpacked(bytes(turned))


@given(st.binary(min_size=1, max_size=200))
def test_a_file_with_more_behind_it_is_refused(whole: bytes, more: bytes) -> None:
    with pytest.raises(BackupError):
        _unpacked(whole + more)


def test_another_key_opens_nothing(whole: bytes) -> None:
    with pytest.raises(BackupError, match="Nyckeln öppnar inte"):
        _unpacked(whole, x25519.Identity.generate())


def test_what_another_encrypted_to_the_same_key_is_not_ours(whole: bytes, settings: Any) -> None:
    assert _unpacked(whole).product == "1"
    before = settings.SECRET_KEY
    settings.SECRET_KEY = "en annan nyckel, som ingen av oss har haft förut"
    with pytest.raises(BackupError, match="HALSONAV_SECRET_KEY"):
        _unpacked(whole)
    settings.SECRET_KEY_FALLBACKS = [before]
    assert _unpacked(whole).product == "1", "the secret was changed, and the earlier one is known"


def test_a_part_that_is_not_as_promised_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody with our secret could still write another sum: parts are held against theirs."""
    files = _parts(tmp_path)
    wrong = _manifest(files)
    files["files/b"].write_bytes(bytes(reversed(range(256))))
    with pytest.raises(BackupError, match="ändrades medan"):
        archive.write(tmp_path / "kopia.age", str(PAIR.to_public()), wrong, files)
    assert not (tmp_path / "kopia.age").exists()
    assert not list(tmp_path.glob(".kopia*")), "half a file is left"


def test_a_full_disk_is_told_and_leaves_the_previous_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        def write(self, chunk: bytes) -> int:
            raise OSError(28, "No space left on device")

        def flush(self) -> None: ...

    previous = _written(tmp_path).read_bytes()
    encrypt = archive._encrypt
    monkeypatch.setattr(archive, "_encrypt", lambda chunks, to, key: encrypt(chunks, Full(), key))
    with pytest.raises(BackupError, match="Disken är full"):
        _written(tmp_path)
    assert (tmp_path / "kopia.age").read_bytes() == previous
    assert not list(tmp_path.glob(".kopia*"))


def test_a_small_disk_is_told_before_anything_is_written(
    whole: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "_SPARE", 1 << 60)
    with pytest.raises(BackupError, match="för liten"):
        _unpacked(whole)


def test_what_a_killed_process_left_behind_is_thrown_away(tmp_path: Path) -> None:
    left = tmp_path / ".backup-left"
    left.mkdir()
    (left / "database").write_bytes(b"klartext")
    with private_files.private_folder(tmp_path, ".backup-") as first:
        assert not left.exists()
        assert stat.S_IMODE(first.stat().st_mode) == 0o700
        with private_files.private_folder(tmp_path, ".backup-") as second:
            assert first.exists(), "what is in use is left alone"
            assert first != second
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("said", ["", "age1", "AGE-SECRET-KEY-1", "age1" + "q" * 58])
def test_what_is_no_key_is_told(said: str, tmp_path: Path) -> None:
    with pytest.raises(BackupError):
        archive.recipient_of(said)
    (tmp_path / "nyckel").write_text(said)
    with pytest.raises(BackupError, match="ingen nyckel"):
        archive.identity_of(tmp_path / "nyckel")


def test_tar_reads_what_is_inside(whole: bytes, tmp_path: Path) -> None:
    """The operator can open it without us; here the library stands for the plain tool."""
    archive._decrypt(_given(whole, tmp_path), PAIR, tmp_path / "ren.tar.gz")
    told = subprocess.run(
        ["tar", "tzf", str(tmp_path / "ren.tar.gz")], capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["manifest.json", "manifest.mark", *CONTENT]


def _given(content: bytes, folder: Path) -> Path:
    (folder / "kopia").write_bytes(content)
    return folder / "kopia"
