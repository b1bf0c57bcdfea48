"""A resident asks what is stored of their address, sees it, and may have it erased."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from halsonav.people import journal
from halsonav.people.actions.erasure import erase_address
from halsonav.people.letters import own_address, send_letter
from halsonav.people.models import DataRequest, User, hash_of_token, new_token
from halsonav.people.privacy.extract import Part, fields_of_addresses, is_anything_kept, of_address


class LinkGoneError(ValidationError):
    """The link is unknown, used or too old; nobody is told which."""


@dataclass(frozen=True)
class Opened:
    """What the link opened: the address, what is stored of it, and the token that erases it."""

    address: str
    parts: list[Part]
    erase_token: str
    has_account: bool


@transaction.atomic
def ask_for_data(*, by: journal.Actor, address: str, language: str) -> DataRequest:
    """Take the question in; it is answered in a while, alike whatever is stored."""
    request = DataRequest.objects.create(
        address=address.strip().lower(), language=language, asked_at=timezone.now()
    )
    journal.record(by=by, verb="ask_for_data", about=request)
    return request


def answer_data_requests() -> int:
    """Write to those of whom anything is stored, forget the other questions; return how many."""
    waiting = list(DataRequest.objects.unanswered().order_by("pk"))
    for request in waiting:
        _answer(request.pk)
    return len(waiting)


@transaction.atomic
def _answer(pk: int) -> None:
    request = DataRequest.objects.unanswered().select_for_update().filter(pk=pk).first()
    if request is None:
        return
    kept = is_anything_kept(request.address)
    journal.record(by=None, verb="answer_data_request", about=request, fields=["sent_at"])
    if not kept:
        request.delete()
        return
    token = new_token()
    request.token_hash, request.sent_at = hash_of_token(token), timezone.now()
    request.save()
    send_letter(
        "your_data",
        to=request.address,
        language=request.language,
        link=own_address("own_data:link", request.language, token=token),
    )


@transaction.atomic
def open_data_request(*, by: journal.Actor, token: str) -> Opened:
    """Return what is stored of the address, once; one line in the journal says that it was shown.

    Raises `LinkGoneError` for a link that opens nothing.
    """
    now = timezone.now()
    request = DataRequest.objects.to_open(token, now).select_for_update().first()
    if request is None:
        raise LinkGoneError(_("Länken gäller inte längre. Fråga igen, så får du en ny."))
    erase_token = new_token()
    request.opened_at, request.erase_hash = now, hash_of_token(erase_token)
    request.save()
    fields = fields_of_addresses()
    journal.record_reading(by=by, people=[request], fields=fields, why="own_data:link")
    has_account = User.objects.filter(email=request.address).exists()
    return Opened(request.address, of_address(request.address), erase_token, has_account)


@transaction.atomic
def erase_by_request(*, by: journal.Actor, token: str) -> int:
    """Erase what is stored of the address that the page was about; return how many rows.

    Raises `LinkGoneError` for a token that erases nothing.
    """
    found = DataRequest.objects.to_erase(token, timezone.now()).select_for_update().first()
    if found is None:
        raise LinkGoneError(_("Sidan har legat öppen för länge. Fråga igen, så får du en ny länk."))
    return erase_address(by=by, address=found.address)
