"""What stored fields and their values are called where a person reads them, in every language.

By model and field, since the same name means one thing here and another there. Rooms above say the
words of their own, in `personal_data.py`; a field in the register without a word fails a test.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from halsonav.people.journal_words import deed_in_words, fields_in_words, reason_in_words, shown_why

Said = Callable[[Any], str]
"""Says a field's value in words."""

_WHO: Final = _("vem")
_WHEN: Final = _("när")
_ROLE: Final = _("roll")
_CENTRE: Final = _("verksamhet")
_ORGANISATION: Final = _("organisation")
_LANGUAGE: Final = _("språk")
_EMAIL: Final = _("e-post")

_words: Final[dict[str, Promise]] = {
    "people.User.email": _EMAIL,
    "people.User.display_name": _("namn"),
    "people.User.language": _LANGUAGE,
    "people.User.is_active": _("kontot är öppet"),
    "people.User.is_protected": _("skyddade personuppgifter"),
    "people.User.joined_at": _("kontot skapades"),
    "people.User.closed_at": _("kontot stängdes"),
    "people.User.last_login": _("loggade in senast"),
    "people.User.password": _("lösenord"),
    "people.Session.user": _WHO,
    "people.Session.started_at": _("loggade in"),
    "people.Session.seen_at": _("användes senast"),
    "people.Session.device": _("enhet"),
    "people.Session.session_data": _("det som behövs för att hålla dig inloggad"),
    "people.Session.expire_date": _("slutar gälla"),
    "mfa.Authenticator.user": _WHO,
    "mfa.Authenticator.type": _("sort"),
    "mfa.Authenticator.data": _("hemligheten i nyckeln eller appen"),
    "mfa.Authenticator.created_at": _("lades till"),
    "mfa.Authenticator.last_used_at": _("användes senast"),
    "account.EmailAddress.user": _WHO,
    "account.EmailAddress.email": _EMAIL,
    "account.EmailAddress.verified": _("bekräftad"),
    "account.EmailAddress.primary": _("den som används först"),
    "account.EmailConfirmation.email_address": _EMAIL,
    "account.EmailConfirmation.created": _("skapades"),
    "account.EmailConfirmation.sent": _("skickades"),
    "account.EmailConfirmation.key": _("länken"),
    "people.RoleAssignment.user": _WHO,
    "people.RoleAssignment.role": _ROLE,
    "people.RoleAssignment.centre": _CENTRE,
    "people.RoleAssignment.organisation": _ORGANISATION,
    "people.RoleAssignment.origin": _("varifrån rollen kommer"),
    "socialaccount.SocialAccount.user": _WHO,
    "socialaccount.SocialAccount.provider": _("vem som loggar in dig"),
    "socialaccount.SocialAccount.uid": _("ditt nummer där"),
    "socialaccount.SocialAccount.last_login": _("loggade in senast"),
    "socialaccount.SocialAccount.date_joined": _("kopplades"),
    "socialaccount.SocialAccount.extra_data": _("annat som de har berättat om dig"),
    "people.Invitation.email": _EMAIL,
    "people.Invitation.display_name": _("namn"),
    "people.Invitation.role": _ROLE,
    "people.Invitation.centre": _CENTRE,
    "people.Invitation.organisation": _ORGANISATION,
    "people.Invitation.language": _LANGUAGE,
    "people.Invitation.invited_by": _("vem som bjöd in"),
    "people.Invitation.token_hash": _("länken i brevet"),
    "people.Invitation.created_at": _("skickades"),
    "people.Invitation.expires_at": _("slutar gälla"),
    "people.Invitation.accepted_at": _("du tackade ja"),
    "people.Invitation.withdrawn_at": _("togs tillbaka"),
    "people.FactorReset.user": _("vem det gäller"),
    "people.FactorReset.asked_by": _("vem som bad om det"),
    "people.FactorReset.asked_at": _("när någon bad om det"),
    "people.FactorReset.decided_by": _("vem som bestämde"),
    "people.FactorReset.decided_at": _("när det bestämdes"),
    "people.FactorReset.outcome": _("hur det gick"),
    "people.FunctionHolder.function": _("funktion"),
    "people.FunctionHolder.user": _WHO,
    "people.FunctionHolder.described_as": _("vad den som har funktionen kallas"),
    "people.FunctionHolder.from_day": _("från och med"),
    "people.FunctionHolder.to_day": _("till och med"),
    "people.JournalEntry.number": _("radens nummer"),
    "people.JournalEntry.at": _WHEN,
    "people.JournalEntry.actor_id": _WHO,
    "people.JournalEntry.actor_kind": _("vem som kan ha gjort det"),
    "people.JournalEntry.verb": _("vad som hände"),
    "people.JournalEntry.about_type": _("vad det gällde"),
    "people.JournalEntry.about_id": _("numret på det som det gällde"),
    "people.JournalEntry.fields": _("vilka uppgifter"),
    "people.JournalEntry.why": _("varför"),
    "people.JournalEntry.shown": _("numren på dem som visades tillsammans"),
    "people.JournalEntry.address_hash": _("varifrån det gjordes"),
    "people.JournalEntry.previous_hash": _("kontrollsumman av raden före"),
    "people.JournalEntry.hash": _("radens kontrollsumma"),
    "people.Handover.leaver": _("vem som slutar"),
    "people.Handover.successor": _("vem som tar över"),
    "people.Handover.invitation": _("inbjudan till den som tar över"),
    "people.Handover.functions": _("funktioner"),
    "people.Handover.made_by": _("vem som bestämde"),
    "people.Handover.last_day": _("sista dagen"),
    "people.Handover.from_day": _("den nya börjar"),
    "people.Handover.closes_account": _("kontot stängs sedan"),
    "people.Handover.made_at": _("när det bestämdes"),
    "people.Handover.taken_at": _("den nya tog över"),
    "people.Handover.ended_at": _("allt var klart"),
    "people.Handover.called_off_at": _("ställdes in"),
    "people.HandedRole.handover": _("vilken överlämning"),
    "people.HandedRole.role": _ROLE,
    "people.HandedRole.centre": _CENTRE,
    "people.HandedRole.organisation": _ORGANISATION,
    "people.ReadReview.month": _("månad"),
    "people.ReadReview.centre": _CENTRE,
    "people.ReadReview.organisation": _ORGANISATION,
    "people.ReadReview.drawn_at": _("lottades fram"),
    "people.ReviewedReading.review": _("vilken granskning"),
    "people.ReviewedReading.entry": _("radens nummer i journalen"),
    "people.ReviewedReading.reader": _("vem som hade sett uppgifterna"),
    "people.ReviewedReading.verdict": _("vad granskningen kom fram till"),
    "people.ReviewedReading.reason": _("varför"),
    "people.ReviewedReading.reviewer": _("vem som granskade"),
    "people.ReviewedReading.reviewed_at": _("när det granskades"),
    "people.Attempt.kind": _("sort"),
    "people.Attempt.key": _("vad försöken räknas på"),
    "people.Attempt.about": _("adressen som försöket gällde"),
    "people.Attempt.at": _WHEN,
    "people.ForgettingRun.asked_by": _("vem som sa ja först"),
    "people.ForgettingRun.approved_by": _("vem som sa ja sist"),
    "people.ForgettingRun.decided_at": _("när det avgjordes"),
    "people.DataRequest.address": _EMAIL,
    "people.DataRequest.language": _LANGUAGE,
    "people.DataRequest.asked_at": _("när du frågade"),
    "people.DataRequest.sent_at": _("brevet skickades"),
    "people.DataRequest.opened_at": _("länken öppnades"),
    "people.DataRequest.token_hash": _("länken i brevet"),
    "people.DataRequest.erase_hash": _("knappen som tar bort"),
    "people.Tombstone.kind": _("sort"),
    "people.Tombstone.hash": _("vem, omräknat så att ingen ser det"),
    "people.Tombstone.at": _WHEN,
}  # fmt: skip


def language_in_words(code: str) -> str:
    """Return what a language is called by those who speak it."""
    return str(dict(settings.LANGUAGES).get(code, code))


def _chosen(words: Mapping[str, Promise]) -> Said:
    return lambda code: str(words.get(code, gettext("annat")))


def _journalled(names: list[str]) -> str:
    told = [str(_words[name]) for name in names if name in _words]
    return ", ".join(dict.fromkeys([*fields_in_words(names), *told]))


_KINDS: Final = _chosen(
    {
        "password/account": _("lösenord till kontot"),
        "password/device": _("lösenord från en enhet som har loggat in förut"),
        "password/network": _("lösenord från en plats på nätet"),
        "code/account": _("kod i andra steget"),
        "letter/account": _("brev om ett nytt lösenord"),
        "letter/network": _("brev som någon har bett om från en plats på nätet"),
        "invitation/account": _("inbjudan"),
        "own_data/account": _("fråga om vad som är sparat"),
    }
)
_STEPS: Final = _chosen(
    {
        "webauthn": _("nyckel i telefonen, datorn eller på en sticka"),
        "totp": _("app som visar koder"),
        "recovery_codes": _("reservkoder"),
    }
)
_ACTORS: Final = _chosen(
    {
        "user": _("någon med ett konto"),
        "resident": _("någon utan konto"),
        "system": _("systemet"),
    }
)
_OUTCOMES: Final = _chosen(
    {
        "": _("väntar på svar"),
        "approved": _("en kollega sa ja"),
        "refused": _("en kollega sa nej"),
        "expired": _("ingen svarade i tid"),
    }
)
_STONES: Final = _chosen({"person": _("ett konto"), "address": _("en e-postadress")})
_THINGS: Final[dict[str, Promise]] = {
    "people.user": _("en person"),
    "people.organisation": _("en organisation"),
    "people.centre": _("en verksamhet"),
    "people.function": _("en funktion"),
    "people.functionholder": _("vem som har en funktion"),
    "people.invitation": _("en inbjudan"),
    "people.handover": _("en överlämning"),
    "people.session": _("en inloggning"),
}
_values: Final[dict[str, Said]] = {
    "people.User.language": language_in_words,
    "people.Invitation.language": language_in_words,
    "people.DataRequest.language": language_in_words,
    "mfa.Authenticator.type": _STEPS,
    "account.EmailConfirmation.email_address": lambda address: str(address.email),
    "people.FactorReset.outcome": _OUTCOMES,
    "people.RoleAssignment.origin": lambda origin: (
        gettext("från din organisations inloggning")
        if origin
        else gettext("någon här har gett dig den")
    ),
    "socialaccount.SocialAccount.extra_data": lambda told: gettext("ja") if told else "",
    "people.JournalEntry.verb": lambda verb: deed_in_words(verb, ""),
    "people.JournalEntry.about_type": lambda label: str(
        _THINGS.get(label, gettext("något annat i systemet"))
    ),
    "people.JournalEntry.fields": _journalled,
    "people.JournalEntry.why": lambda why: reason_in_words(why) or shown_why(why),
    "people.JournalEntry.actor_kind": _ACTORS,
    "people.Handover.invitation": lambda invitation: gettext("ja") if invitation else "",
    "people.HandedRole.handover": lambda handover: (
        gettext("den med sista dag %(day)s") % {"day": handover.last_day.isoformat()}
    ),
    "people.ReviewedReading.review": lambda review: (
        gettext("den för %(month)s") % {"month": f"{review.month:%Y-%m}"}
    ),
    "people.Attempt.kind": _KINDS,
    "people.Tombstone.kind": _STONES,
}
"""How values are said that are neither chosen from a list of ours nor said by themselves."""


def say(words: Mapping[str, Promise], values: Mapping[str, Said] | None = None) -> None:
    """Let a room say the words of its fields, and how their values are said."""
    _words.update(words)
    _values.update(values or {})


def name_of(field: Any) -> str:
    """Return by which name a field has its word: its model and its own name."""
    return f"{field.model._meta.label}.{field.name}"


def has_word(field: Any) -> bool:
    """Say whether there is a word for a field."""
    return name_of(field) in _words


def word_for(field: Any) -> str:
    """Return what a model's field is called in the language that is spoken now.

    A field without a word is called something that says nothing; a test sees to it that none is.
    """
    return str(_words.get(name_of(field), _("annat")))


def said_by(field: Any) -> Said | None:
    """Return what says a field's values, or None where they say themselves."""
    return _values.get(name_of(field))
