"""The record of processing (GDPR, article 30) and the privacy page's facts, from the register."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from halsonav.people.models import Organisation
from halsonav.people.privacy import register
from halsonav.people.privacy.field_words import word_for
from halsonav.people.privacy.register import Entry, Who
from halsonav.people.privacy.retention import HANDLING_WORDS, Kept, Rule

WHO_WORDS: Final[dict[Who, str | Promise]] = {
    Who.RESIDENT: gettext_lazy("Du som besöker webbplatsen"),
    Who.CONTACT: gettext_lazy("Du som vi skriver till"),
    Who.STAFF: gettext_lazy("Du som arbetar här"),
}


@dataclass(frozen=True)
class Processing:
    """One entry in words: what is stored, of whom, why, who sees it, how long and by which rule."""

    what: str
    who: str
    fields: list[str]
    purpose: str
    ground: str
    seen_by: str
    until: str
    rule: str
    recipients: str
    transfers: str
    measures: str


@dataclass(frozen=True)
class Controller:
    """Who answers for it, and how they and their data protection officer are reached."""

    name: str
    contact: str
    officer: str

    @property
    def is_reached(self) -> bool:
        """Say whether both are known."""
        return bool(self.contact and self.officer)


@dataclass(frozen=True)
class Group:
    """What is stored about one kind of people, as the privacy page tells it."""

    who: str
    things: list[Processing]


def processings() -> list[Processing]:
    """Return the whole record, residents first."""
    order = list(WHO_WORDS)
    ordered = sorted(register.entries(), key=lambda entry: order.index(entry.who))
    return _joined(map(_processing, ordered))


def groups() -> list[Group]:
    """Return the same by whom it concerns."""
    return [Group(str(words), _things(who)) for who, words in WHO_WORDS.items()]


def controllers() -> list[Controller]:
    """Return who answers for it: the municipalities and regions that the centres belong to."""
    rows = Organisation.objects.filter(centres__isnull=False).distinct()
    tops = {top.pk: top for top in (row.top for row in rows)}
    found = [Controller(one.name, one.data_contact, one.officer_contact) for one in tops.values()]
    return sorted(found, key=lambda one: one.name)


def _things(who: Who) -> list[Processing]:
    return _joined(_processing(one) for one in register.entries() if one.who == who)


def _joined(told: Iterable[Processing]) -> list[Processing]:
    """Return what is told, once for each thing; what its entries say of fields is put together."""
    things: dict[tuple[str, str], Processing] = {}
    for one in told:
        first = things.setdefault((one.who, one.what), one)
        if first is not one:
            fields = list(dict.fromkeys([*first.fields, *one.fields]))
            things[one.who, one.what] = replace(first, fields=fields)
    return list(things.values())


def _processing(entry: Entry) -> Processing:
    model = entry.model_class
    return Processing(
        what=str(entry.called),
        who=str(WHO_WORDS[entry.who]),
        fields=[word_for(model._meta.get_field(name)) for name in entry.fields],
        purpose=str(entry.purpose),
        ground=str(entry.ground),
        seen_by=str(entry.seen_by),
        until=str(entry.until),
        rule=_rule(entry),
        recipients=str(entry.recipients),
        transfers=str(entry.transfers),
        measures=str(entry.measures),
    )


def _rule(entry: Entry) -> str:
    if entry.rule:
        return _rule_in_words(entry, entry.rule)
    if entry.goes_with:
        return _("Tas bort tillsammans med: %(things)s.") % {"things": _called(entry.goes_with)}
    return str(entry.no_rule)


def _called(model: str) -> str:
    """Return what the rows of a model are called that is deleted by a rule of its own."""
    return next(str(one.called) for one in register.entries() if one.model == model and one.rule)


def _rule_in_words(entry: Entry, rule: Rule) -> str:
    field = entry.model_class._meta.get_field(rule.since)
    said = _("%(handling)s: %(span)s, räknat från ”%(field)s”. %(reference)s") % {
        "handling": str(HANDLING_WORDS[rule.handling]).capitalize(),
        "span": _span(rule.kept),
        "field": word_for(field),
        "reference": rule.reference,
    }
    two = _("Två personer ska säga ja.")
    return f"{said} {two}" if rule.second_person else said


def _span(kept: Kept) -> str:
    parts = [
        ngettext("%(n)d år", "%(n)d år", kept.years) % {"n": kept.years} if kept.years else "",
        ngettext("%(n)d månad", "%(n)d månader", kept.months) % {"n": kept.months}
        if kept.months
        else "",
        ngettext("%(n)d dag", "%(n)d dagar", kept.days) % {"n": kept.days} if kept.days else "",
    ]
    return " ".join(filter(None, parts)) or _("genast")
