"""A backup is put back whole or not at all, and says in words why not."""

import json
import stat
from pathlib import Path

import pytest

from halsonav.backup import postgres, sqlite
from halsonav.backup.faults import BackupError
from tests.backup.conftest import CANARIES, Make, restored
from tests.drills.installation import Installation

PEOPLE = "SELECT email FROM people_user ORDER BY email"
WHOLE = """
from halsonav.people import journal, journal_heads
print(journal.verify(*journal_heads.read()))
"""
NAMES = "SELECT display_name FROM people_user ORDER BY display_name"
PEOPLE_THERE = """
from halsonav.people.actions import create_user
from halsonav.messages.actions import queue_message
create_user(by=None, email="asta@exempel.se", display_name="Asta")
create_user(by=None, email="bo@exempel.se", display_name="Bo")
queue_message(to="asta@exempel.se", subject="Hej", text="Hej")
queue_message(to="gast@exempel.se", subject="Hej", text="Hej")
"""
OLD_MESSAGES = """
from datetime import timedelta
from django.utils import timezone
from halsonav.messages.models import Message
from halsonav.messages.actions import queue_message
queue_message(to="bo@exempel.se", subject="Nytt", text="Hej")
at = timezone.now() - timedelta(days=40)
for number in range(40):
    Message.objects.create(to="bo@exempel.se", subject="Gammalt", status="sent", sent_at=at,
        message_id=f"<{number}@x.se>", next_attempt_at=at, created_at=at)
"""
ERASE = """
from halsonav.people.models import User
from halsonav.people.actions import erase_address, erase_person
erase_person(by=None, user=User.objects.get(display_name="Asta"))
erase_address(by=None, address="gast@exempel.se")
"""
THERE = """
from halsonav.people import journal_heads
from halsonav.people.actions import create_user, give_role, invite
from halsonav.people.models import Organisation, Role
place = Organisation.objects.create(slug="a", name="A", kind="municipality")
bo = create_user(by=None, email="bo@exempel.se", display_name="Bo")
give_role(by=None, user=bo, role=Role.COACH, organisation=place)
invite(by=None, email="ny@exempel.se", display_name="N", role=Role.COACH, organisation=place)
journal_heads.export()
"""
ENDED = """
from halsonav.people import journal_heads
from halsonav.people.actions import close_account, create_user, give_role, take_role
from halsonav.people.actions import withdraw_invitation
from halsonav.people.models import Invitation, Role, User
dag = create_user(by=None, email="d@exempel.se", display_name="D")
give_role(by=None, user=dag, role=Role.OPERATOR)
withdraw_invitation(by=None, invitation=Invitation.objects.get())
bo = User.objects.get(display_name="Bo")
take_role(by=None, assignment=bo.role_assignments.get())
close_account(by=None, user=bo)
journal_heads.export()
"""
Key = tuple[Path, str]


def test_what_was_there_is_there_again(
    source: Installation, copy: Path, key: Key, made: Make, tmp_path: Path
) -> None:
    before = source.query(PEOPLE)
    with made(tmp_path / "ny") as empty:
        told = restored(empty, copy, key[0])
        assert told.returncode == 0, told.stderr
        assert told.stdout.startswith("Klart: ")
        assert empty.query(PEOPLE) == before
        assert ("restore",) in empty.query("SELECT verb FROM people_journalentry")
        media = Path("media/bilder/träd.png")
        assert (empty.folder / media).read_bytes() == (source.folder / media).read_bytes()
        assert empty.python(WHOLE) == "None\n"
        assert not list(empty.folder.glob(".*")), "nothing is left beside"
        again = restored(empty, copy, key[0])
        assert again.returncode == 1
        assert "--replace" in again.stderr
        assert restored(empty, copy, key[0], "--replace").returncode == 0


def test_a_copy_is_encrypted_and_nobody_elses_to_read(copy: Path) -> None:
    content = copy.read_bytes()
    assert content.startswith(b"age-encryption.org/v1\n")
    for canary in (*CANARIES, "people_user", "manifest"):
        assert canary.encode() not in content
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_the_key_is_its_owners_alone_and_never_written_over(source: Installation, key: Key) -> None:
    file = key[0]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()
    told = source.tried("backup-key", str(file))
    assert told.returncode == 1
    assert "finns redan" in told.stderr
    assert file.read_bytes() == before


def test_a_copy_can_be_read_through_without_touching_anything(
    source: Installation, copy: Path, key: Key
) -> None:
    before = source.query(PEOPLE)
    told = restored(source, copy, key[0], "--check")
    assert told.returncode == 0, told.stderr
    assert "är hel" in told.stdout
    assert source.query(PEOPLE) == before


@pytest.mark.parametrize("damage", ["cut", "turned", "key", "gone"])
def test_what_is_damaged_is_refused_in_words_and_nothing_is_touched(
    damage: str, source: Installation, copy: Path, key: Key, tmp_path: Path
) -> None:
    content = bytearray(copy.read_bytes())
    file, opened_with = tmp_path / "kopia.age", key[0]
    if damage == "cut":
        content = content[: len(content) // 2]
    elif damage == "turned":
        content[len(content) // 2] ^= 4
    elif damage == "key":
        opened_with = tmp_path / "annan.txt"
        source.command("backup-key", str(opened_with))
    if damage != "gone":
        file.write_bytes(content)
    before = source.query(PEOPLE)
    told = restored(source, file, opened_with, "--replace")
    assert told.returncode == 1
    assert len(told.stderr.splitlines()) == 1
    assert "Traceback" not in told.stderr
    assert source.query(PEOPLE) == before
    assert not list(source.folder.glob(".restoring*"))


def test_another_version_is_refused_and_told_how(
    copy: Path, key: Key, made: Make, tmp_path: Path
) -> None:
    with made(tmp_path / "ny") as empty:
        empty.more["PYTHONPATH"] = str(tmp_path)
        (tmp_path / "sitecustomize.py").write_text(
            "import halsonav\nhalsonav.__version__ = '9.9'\n"
        )
        told = restored(empty, copy, key[0])
        assert told.returncode == 1
        assert "Installera den version" in told.stderr
        assert "Inget har ändrats" in told.stderr


def test_another_secret_is_refused(copy: Path, key: Key, made: Make, tmp_path: Path) -> None:
    with made(tmp_path / "ny") as empty:
        empty.more["HALSONAV_SECRET_KEY"] = "abcdefghijklmnopqrstuvwxyz0123456789-abcdefghijkl"
        told = restored(empty, copy, key[0])
        assert told.returncode == 1
        assert "HALSONAV_SECRET_KEY" in told.stderr


def test_another_engine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from halsonav.backup import restoring  # noqa: PLC0415 (Django is ready here)
    from tests.backup.test_archive import _manifest  # noqa: PLC0415

    monkeypatch.setattr(restoring, "engine", lambda: postgres)
    with pytest.raises(BackupError, match="från SQLite, men HALSONAV_DATABASE är PostgreSQL"):
        restoring._fits(_manifest({}))
    monkeypatch.setattr(restoring, "engine", lambda: sqlite)
    with pytest.raises(BackupError, match="gjord av Hälsonav 1, och det här är"):
        restoring._fits(_manifest({}))


def test_a_copy_that_is_not_what_it_says_is_thrown_away_and_files_stay(
    source: Installation, copy: Path, key: Key, made: Make, tmp_path: Path
) -> None:
    """Negative control of the look through: a row more than was counted, and nothing is swapped."""
    lines = (
        "from halsonav.backup import manifest as m\n"
        "one = m.facts\n"
        "def more(ask, tables):\n"
        "    told = one(ask, tables)\n"
        "    return m.Facts(told.migrations, told.head, {**told.rows, 'people_user': 99})\n"
        "m.facts = more\n"
        "from pathlib import Path\n"
        "from halsonav.backup import restoring\n"
        "try:\n"
        f"    restoring.restore(Path({str(copy)!r}), Path({str(key[0])!r}), replace=True)\n"
        "except restoring.BackupError as error:\n"
        "    print(error)\n"
    )
    before = source.query(PEOPLE)
    assert "antalet rader" in source.python(lines)
    assert source.query(PEOPLE) == before
    assert (source.folder / "media/bilder/träd.png").exists()
    assert not list(source.folder.glob(".*restoring*"))


def test_nothing_is_replaced_under_those_who_use_it(
    source: Installation, copy: Path, key: Key
) -> None:
    server = source.start("worker")
    try:
        source.python("import time\ntime.sleep(3)\n")
        told = restored(source, copy, key[0], "--replace")
    finally:
        server.terminate()
        server.wait()
    assert told.returncode == 1
    assert "Stoppa" in told.stderr


def test_without_a_key_to_encrypt_to_there_is_no_copy(source: Installation, tmp_path: Path) -> None:
    kept = source.more.pop("HALSONAV_BACKUP_RECIPIENT")
    told = source.tried("backup", str(tmp_path / "kopia.age"))
    source.more["HALSONAV_BACKUP_RECIPIENT"] = "age1nyckel"
    wrong = source.tried("backup", str(tmp_path / "kopia.age"))
    source.more["HALSONAV_BACKUP_RECIPIENT"] = kept
    assert "HALSONAV_BACKUP_RECIPIENT saknas" in told.stderr
    assert "HALSONAV_BACKUP_RECIPIENT är ”age1nyckel”" in wrong.stderr
    assert not list(tmp_path.iterdir())


def test_a_folder_gets_a_copy_with_a_name(source: Installation, tmp_path: Path) -> None:
    source.command("backup", str(tmp_path))
    [file] = tmp_path.iterdir()
    assert file.name.startswith("halsonav-")
    assert file.suffix == ".age"


def test_the_tools_of_postgresql_must_be_there_and_new_enough(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupError, match="Programmet pg_dump saknas"):
        postgres._tool("pg_dump", 15)
    tool = tmp_path / "pg_dump"
    tool.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 14.2'\n")
    tool.chmod(0o755)
    with pytest.raises(BackupError, match="har version 14, men databasen har version 15"):
        postgres._tool("pg_dump", 15)
    assert postgres._tool("pg_dump", 14) == str(tool)


def test_the_manifest_tells_what_is_inside(
    source: Installation, copy: Path, key: Key, tmp_path: Path
) -> None:
    lines = (
        "from pathlib import Path\nfrom halsonav.backup import restoring\n"
        f"told = restoring.look_through(Path({str(copy)!r}), Path({str(key[0])!r}))\n"
        "print(told.as_bytes().decode())\n"
    )
    told = json.loads(source.python(lines))
    assert told["facts"]["rows"]["people_user"] == 6
    assert told["facts"]["head"]["number"] == 6
    assert {part["name"] for part in told["parts"]} == {
        "database", "files/journal-heads.txt", "files/media/bilder/träd.png",
    }  # fmt: skip


def test_who_was_erased_and_what_was_forgotten_since_the_copy_does_not_come_back(
    key: Key, made: Make, tmp_path: Path
) -> None:
    file = tmp_path / "kopia.age"
    with made(tmp_path / "data") as one:
        one.more["HALSONAV_BACKUP_RECIPIENT"] = key[1]
        one.command("migrate")
        one.python(PEOPLE_THERE)
        one.python(OLD_MESSAGES)
        one.command("backup", str(file))
        one.python(ERASE)
        one.query("DELETE FROM outbox_message WHERE subject = 'Gammalt'")
        assert "Asta" not in str(one.query(NAMES))

        told = restored(one, file, key[0], "--replace")
        assert told.returncode == 0, told.stderr
        assert "På nytt raderade personer och adresser: 2." in told.stdout
        assert "På nytt gallrat: 40." in told.stdout
        assert one.query(NAMES) == [("Bo",)]
        assert one.query("SELECT subject FROM outbox_message") == [("Nytt",)]
        assert len((one.folder / "erased.txt").read_text().splitlines()) == 3
        assert one.python(WHOLE) == "None\n"

        (one.folder / "erased.txt").write_text("?\n")
        told = restored(one, file, key[0], "--replace")
        assert told.returncode == 1
        assert "erased.txt" in told.stderr
        assert one.query(NAMES) == [("Bo",)]


def test_without_the_list_they_would_come_back(key: Key, made: Make, tmp_path: Path) -> None:
    """Negative control: it is the list that keeps them away."""
    file = tmp_path / "kopia.age"
    with made(tmp_path / "data") as one:
        one.more["HALSONAV_BACKUP_RECIPIENT"] = key[1]
        one.command("migrate")
        one.python(PEOPLE_THERE)
        one.command("backup", str(file))
        one.python(ERASE)
        (one.folder / "erased.txt").unlink()
        assert restored(one, file, key[0], "--replace").returncode == 0
        assert one.query(NAMES) == [("Asta",), ("Bo",)]


def test_a_copy_from_the_future_is_refused(
    source: Installation, copy: Path, key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = (
        "import time_machine\nfrom pathlib import Path\n"
        "from halsonav.backup import restoring\n"
        "with time_machine.travel('2020-01-01T00:00:00Z'):\n"
        "    try:\n"
        f"        restoring.restore(Path({str(copy)!r}), Path({str(key[0])!r}), replace=True)\n"
        "    except restoring.BackupError as error:\n"
        "        print(error)\n"
    )
    assert "Ställ klockan först" in source.python(lines)


OPEN = "SELECT id FROM people_user WHERE is_active ORDER BY id"
HELD = "SELECT id FROM people_roleassignment ORDER BY id"


def test_what_had_ended_since_the_copy_ends_again_or_is_told(
    key: Key, made: Make, tmp_path: Path
) -> None:
    file = tmp_path / "kopia.age"
    with made(tmp_path / "data") as one:
        one.more["HALSONAV_BACKUP_RECIPIENT"] = key[1]
        one.command("migrate")
        one.python(THERE)
        one.command("backup", str(file))
        copied = one.query("SELECT number FROM people_journalhead")[0][0]
        one.python(ENDED)
        before = one.query(OPEN), one.query(HELD)
        lost = one.query("SELECT number FROM people_journalhead")[0][0] - copied
        last = (one.folder / "journal-heads.txt").read_text().splitlines()[-1]
        told = restored(one, file, key[0], "--replace")
        assert told.returncode == 0, told.stderr
        open_ones = "SELECT email FROM people_invitation WHERE withdrawn_at IS NULL"
        assert one.query(open_ones) == []
        assert "Inbjudningar som inte gäller längre: 1." in told.stdout
        assert "öppna konton: 1, roller: 1." in told.stdout
        [line] = [one for one in told.stdout.splitlines() if one.startswith("halsonav end-ret")]
        one.command(*line.split()[1:])
        assert set(one.query(OPEN)) <= set(before[0])
        assert set(one.query(HELD)) <= set(before[1])
        assert one.query("SELECT count(*) FROM people_session") == [(0,)]
        assert f"inte följde med: {lost}." in told.stdout
        whys = one.query("SELECT why FROM people_journalentry WHERE verb = 'restore'")
        assert whys == [(f"lost:{lost}",)]
        [kept] = one.folder.glob("journal-heads.*T*.txt")
        assert last in kept.read_text()
        assert one.python(WHOLE) == "None\n"
