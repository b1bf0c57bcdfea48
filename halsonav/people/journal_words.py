"""The journal's codes in words: what somebody did, why, and which fields.

Rooms above say the words of their own verbs, in `apps.ready()`.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from halsonav.people.models import AskReason
from halsonav.people.reasons import OpenReason, ProtectReason, UnprotectReason

Words = str | Promise

READINGS: Final[dict[str, Words]] = {
    "people:people": _("såg listan över personer"),
    "people:person": _("öppnade en persons sida"),
    "people:invitations": _("såg vilka som är inbjudna"),
    "people:organisation": _("såg vem som har en organisations funktioner"),
    "people:function": _("såg vem som har en funktion"),
    "people:factor_reset": _("öppnade sidan om ett tappat andra steg"),
    "people:give_role": _("öppnade sidan för att ge en roll"),
    "people:protection": _("öppnade sidan om skyddade uppgifter"),
    "people:open_person": _("öppnade frågan om skyddade uppgifter"),
    "people:hand_over": _("öppnade sidan för att lämna över"),
    "people:leave": _("öppnade sidan för när någon slutar"),
    "people:log": _("såg i loggen"),
    "people:review": _("granskade visningar"),
    "people:own_readings": _("såg vem som har sett de egna uppgifterna"),
    "own_data:link": _("öppnade allt som är sparat, från länken i ett brev"),
    "invitation": _("såg vem som har bjudit in"),
}
"""Readings, by the page or reason that the line gives."""

_verbs: Final[dict[str, Words]] = {
    "accept_invitation": _("tackade ja till en inbjudan"),
    "answer_data_request": _("svarade på en fråga om vad som är sparat"),
    "appoint_holder": _("utsåg någon till en funktion"),
    "approve_factor_reset": _("godkände att ett andra steg togs bort"),
    "ask_for_data": _("bad om en länk till det som är sparat"),
    "ask_factor_reset": _("bad att ett andra steg skulle tas bort"),
    "call_off_handover": _("ställde in en överlämning"),
    "change_centre": _("ändrade en verksamhet"),
    "change_organisation": _("ändrade en organisation"),
    "change_second_step": _("ändrade sitt andra steg"),
    "choose_language": _("valde språk"),
    "close_account": _("stängde ett konto"),
    "close_down": _("tog bort en organisation, verksamhet eller funktion"),
    "create_function": _("lade till en funktion"),
    "create_organisation": _("lade till en organisation"),
    "create_user": _("skapade ett konto"),
    "demand_of_role": _("ändrade vad en roll kräver"),
    "draw_review": _("lottade fram visningar att granska"),
    "doubt_clock": _("stoppade gallringen, eftersom klockan verkade fel"),
    "encrypt_anew": _("krypterade om det som är hemligt"),
    "end_holding": _("satte sista dagen för en funktion"),
    "end_session": _("avslutade inloggningar"),
    "erase_address": _("raderade en adress"),
    "erase_person": _("raderade uppgifter om en person"),
    "forget": _("gallrade"),
    "give_role": _("gav en roll"),
    "hand_over": _("lämnade över roller och funktioner"),
    "invite": _("bjöd in någon"),
    "leave": _("avslutade en anställning"),
    "link_identity": _("kopplade ett konto utifrån"),
    "map_group": _("kopplade en grupp till en roll"),
    "move_organisation": _("flyttade en organisation"),
    "open_account": _("öppnade ett konto"),
    "open_centre": _("lade till en verksamhet"),
    "open_protected": _("öppnade skyddade uppgifter"),
    "protect": _("skyddade någons uppgifter"),
    "read": _("såg uppgifter"),
    "refuse_factor_reset": _("sade nej till att ett andra steg togs bort"),
    "rename_function": _("ändrade en funktions titel"),
    "renew_invitation": _("skickade en ny inbjudan"),
    "restore": _("återställde en säkerhetskopia"),
    "review_reading": _("granskade en visning"),
    "say_no": _("sade nej till en gallring"),
    "say_yes": _("godkände en gallring"),
    "set_password": _("valde ett nytt lösenord"),
    "sign_in": _("loggade in"),
    "take_factor_away": _("tog bort ett andra steg på servern"),
    "take_over": _("tog över roller och funktioner"),
    "take_role": _("tog bort en roll"),
    "trust_clock": _("sade att klockan går rätt"),
    "unlink_identity": _("kopplade bort ett konto utifrån"),
    "unmap_group": _("kopplade bort en grupp från en roll"),
    "unprotect": _("tog bort skyddet av någons uppgifter"),
    "withdraw_invitation": _("tog tillbaka en inbjudan"),
}
LOST: Final = "lost:"
"""Before the number of lines that a restored copy did not have."""
_REASONS: Final[dict[str, Words]] = {
    reason.value: reason.label
    for reasons in (OpenReason, ProtectReason, UnprotectReason, AskReason)
    for reason in reasons
}
_FIELDS: Final[dict[str, Words]] = {
    "display_name": _("namn"),
    "email": _("e-post"),
    "role_assignments": _("roller"),
    "functions_held": _("funktioner"),
    "sessions": _("inloggningar"),
    "second_step": _("andra steg"),
    "is_active": _("om kontot är öppet"),
    "is_protected": _("om uppgifterna är skyddade"),
    "language": _("språk"),
    "role": _("roll"),
    "accepted_at": _("om inbjudan är besvarad"),
    "area": _("område"),
    "authenticators": _("andra steg"),
    "closed_at": _("om kontot är öppet"),
    "data_contact": _("kontakt om personuppgifter"),
    "officer_contact": _("kontakt till dataskyddsombudet"),
    "doubt": _("om klockan går rätt"),
    "expires_at": _("hur länge det gäller"),
    "facts": _("uppgifter om lokalen"),
    "identity": _("inloggning genom din organisation"),
    "lat": _("läge på kartan"),
    "lon": _("läge på kartan"),
    "occurrences.status": _("om tillfällena blir av"),
    "origin": _("varifrån rollen kommer"),
    "parent": _("vad den hör till"),
    "password": _("lösenord"),
    "population": _("befolkning"),
    "sent_at": _("när det skickades"),
    "state": _("läge"),
    "title": _("titel"),
    "to_day": _("sista dagen"),
    "token_hash": _("länk i ett brev"),
    "verdict": _("vad granskningen kom fram till"),
    "withdrawn_at": _("om inbjudan är tillbakatagen"),
}


def say(words: Mapping[str, Words]) -> None:
    """Let a room say its verbs in words."""
    _verbs.update(words)


def verbs() -> dict[str, Words]:
    """Return all verbs that there are words for."""
    return dict(_verbs)


def deed_in_words(verb: str, why: str) -> str:
    """Return what was done, "öppnade en persons sida"; "something else" where no words are said."""
    if verb == "read":
        reason = _("öppnade skyddade uppgifter") if why in _REASONS else _verbs["read"]
        return str(READINGS.get(why, reason))
    return str(_verbs.get(verb, _("gjorde något annat")))


def reason_in_words(why: str) -> str:
    """Return the reason that somebody chose, or nothing where there was none to choose."""
    if why.startswith(LOST):
        return gettext("rader som inte fanns i kopian: %(many)s") % {"many": why.removeprefix(LOST)}
    return str(_REASONS.get(why, ""))


def shown_why(why: str) -> str:
    """Return at which page a reading was made, or by which way; nothing for another code."""
    return str(READINGS.get(why, ""))


def fields_in_words(fields: list[str]) -> list[str]:
    """Return the fields that there are words for, each word once."""
    return list(dict.fromkeys(str(_FIELDS[name]) for name in fields if name in _FIELDS))
