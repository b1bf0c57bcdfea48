"""Passwords that nobody should choose: known ones, leaked ones, and those that others guess first.

Everything is looked up here, in files of our own; no password and no part of one leaves the system.
"""

import hashlib
import mmap
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from halsonav.lib.text import fold
from halsonav.people.models import Centre, Organisation, User

BYTES: Final = 10
"""So much of a SHA-1 is kept: of 10¹⁵ passwords one is refused by chance, with 10⁹ listed."""
LEAST_OF_OWN: Final = 6
"""So many signs must be left when known words and figures are taken away."""
_HASH: Final = re.compile(r"^([0-9A-Fa-f]{40})(:\d+)?$")
_WEAK_PARTS: Final = frozenset(
    """
    password losenord lösenord passord pass hemligt hemlig secret login inloggning admin root
    qwerty asdfgh zxcvbn abc test välkommen valkommen welcome letmein iloveyou sverige sweden
    sommar summer vinter winter höst host autumn vår spring januari februari mars april maj juni
    juli augusti september oktober november december måndag tisdag onsdag torsdag fredag
    halsonav hälsonav hälsa halsa hälsocenter halsocenter hälsolots hälsotek mötesplats
    kommun kommunen region promenad julafton jul påsk midsommar sommarlov semester fika kaffe
    stockholm göteborg malmö uppsala linköping örebro västerås helsingborg norrköping jönköping
    umeå lund borås sundsvall gävle eskilstuna södertälje karlstad växjö halmstad kristianstad
    östersund torvalla vaggeryd skillingaryd trollhättan luleå kalmar falun skövde karlskrona
    uddevalla varberg motala kiruna visby hisingen majorna annedal haga
    """.split()
)


LEAST_ROW: Final = 4
_FORWARD: Final = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiopa", "asdfghjkloa", "zxcvbnm")
_ROWS: Final = (*_FORWARD, *(row[::-1] for row in _FORWARD))
_FIGURES_FOR_LETTERS: Final = str.maketrans({"0": "o", "3": "e", "4": "a", "@": "a", "$": "s"})


def _leaked_file() -> Path:
    return Path(settings.DATA_DIR) / "leaked-passwords.bin"


class NotCommon(CommonPasswordValidator):
    """Refuses the 20,000 commonest passwords, also with figures and signs hung on."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise `ValidationError` for a common password."""
        folded = password.lower().strip()
        if folded in self.passwords or _bare(folded) in self.passwords:
            raise ValidationError(self._why(), code="password_too_common")

    def _why(self) -> str:
        return _("Många använder det lösenordet. Sätt ihop några ord som bara du kommer på.")


def _bare(password: str) -> str:
    """Return the password without figures and signs at its ends."""
    letters = [at for at, sign in enumerate(password) if sign.isalpha()]
    return password[letters[0] : letters[-1] + 1] if letters else ""


class NotLeaked:
    """Refuses passwords that have leaked somewhere, if the operator has put a list of them here."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise `ValidationError` for a leaked password."""
        digest = hashlib.sha1(password.encode(), usedforsecurity=False).digest()
        if is_listed(_leaked_file(), digest):
            raise ValidationError(
                _("Det lösenordet har läckt från någon annan tjänst. Välj ett nytt."),
                code="password_leaked",
            )

    def get_help_text(self) -> str:
        """Say nothing: the form's hint is enough."""
        return ""


class NotGuessable:
    """Refuses what is little more than a season, the workplace, one's name or a row of keys."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise `ValidationError` for a password with too little of its own."""
        if len(_own_part(password, _words_about(user))) < LEAST_OF_OWN:
            raise ValidationError(
                _("Det lösenordet är lätt att gissa. Sätt ihop några ord som bara du kommer på."),
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        """Say nothing: the form's hint is enough."""
        return ""


def _words_about(user: User | None) -> Iterator[str]:
    """Yield words that others would try first: common ones, names of places, the user's own."""
    yield from _WEAK_PARTS
    names = [*Centre.objects.values_list("name", flat=True)]
    names += Organisation.objects.values_list("name", flat=True)
    if user is not None:
        names += [user.display_name, user.email.replace("@", " ").replace(".", " ")]
    for name in names:
        yield from (word for word in re.findall(r"\w+", name) if len(word) >= 3)


def _own_part(password: str, known: Iterable[str]) -> str:
    """Return what is left without known words, rows of keys, figures, signs and repetition.

    Figures that stand for letters are read as these.
    """
    left = fold(password).translate(_FIGURES_FOR_LETTERS)
    for word in sorted({fold(word) for word in known}, key=len, reverse=True):
        left = left.replace(word, " ")
    letters = "".join(sign for sign in _without_rows(left) if sign.isalpha())
    return "".join(dict.fromkeys(letters))


def _without_rows(text: str) -> str:
    """Return the text without what stands beside each other on a keyboard or in the alphabet."""
    left, at = [], 0
    while at < len(text):
        end = at + LEAST_ROW
        if not any(text[at:end] in row for row in _ROWS) or end > len(text):
            left.append(text[at])
            at += 1
            continue
        while end < len(text) and any(text[at : end + 1] in row for row in _ROWS):
            end += 1
        at = end
    return "".join(left)


class NotInOrderError(ValueError):
    """The rows of a list stand in another order than that of their sums."""


def write_leaked(lines: Iterable[str], target: Path | None = None) -> int:
    """Write the file of leaked passwords from lines "SHA-1:how often"; return how many there are.

    The lines stand in the order of their sums, as in the lists that are handed out, so that any
    number of them takes no memory. Raises `ValueError` with the number of the first line that is
    something else, and `NotInOrderError` with that of the first that comes too early; the file that
    was there stays then.
    """
    target = target or _leaked_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_suffix(".new")
    try:
        with beside.open("wb") as written:
            count = _write_in_order(lines, written)
            written.flush()
            os.fsync(written.fileno())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return count


def _write_in_order(lines: Iterable[str], written: IO[bytes]) -> int:
    last, count = b"", 0
    for number, line in enumerate(lines, 1):
        digest = _digest(number, line)
        if digest < last:
            raise NotInOrderError(number)
        if digest != last:
            written.write(digest)
            last, count = digest, count + 1
    return count


def leaked_count() -> int:
    """Return how many leaked passwords are listed here."""
    file = _leaked_file()
    return file.stat().st_size // BYTES if file.exists() else 0


def _digest(number: int, line: str) -> bytes:
    read = _HASH.match(line.strip())
    if not read:
        raise ValueError(number)
    return bytes.fromhex(read.group(1))[:BYTES]


def is_listed(file: Path, digest: bytes) -> bool:
    """Say whether a SHA-1 stands in the file, by halving; False without a file."""
    if not file.exists() or not file.stat().st_size:
        return False
    wanted = digest[:BYTES]
    with file.open("rb") as source, mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ) as held:
        low, high = 0, len(held) // BYTES
        while low < high:
            middle = (low + high) // 2
            if held[middle * BYTES : (middle + 1) * BYTES] < wanted:
                low = middle + 1
            else:
                high = middle
        return bytes(held[low * BYTES : (low + 1) * BYTES]) == wanted
