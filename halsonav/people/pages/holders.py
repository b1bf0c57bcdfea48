"""Functions and who holds them, as those who manage people there are shown it.

Showing holders is one reading of those who are named.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from halsonav.people import journal
from halsonav.people.models import Function, FunctionHolder, Organisation, User
from halsonav.people.naming import shown_name
from halsonav.people.periods import period_in_words

FIELDS = ("display_name", "functions_held")


@dataclass(frozen=True)
class Holder:
    """Who holds a function, and when; `person` leads to their page where there is one."""

    id: int
    name: str
    when: str
    is_now: bool
    is_over: bool
    person: int | None


@dataclass(frozen=True)
class Post:
    """A function, and who has held it, latest first."""

    id: int
    title: str
    holders: list[Holder] = field(default_factory=list)

    @property
    def is_vacant(self) -> bool:
        """Say whether nobody holds it today."""
        return not any(one.is_now for one in self.holders)


@transaction.atomic
def posts_shown(by: User, organisation: Organisation, *, why: str) -> list[Post]:
    """Return the organisation's functions with who holds them now or later."""
    functions = _with_holders(by, organisation).order_by("title", "pk")
    posts = [_post(one) for one in functions]
    _write_down(by, functions, why)
    return [Post(one.id, one.title, [h for h in one.holders if not h.is_over]) for one in posts]


@transaction.atomic
def post_shown(by: User, function: Function, *, why: str) -> Post:
    """Return one function with everybody who holds or has held it."""
    functions = _with_holders(by, function.organisation).filter(pk=function.pk)
    post = _post(functions[0])
    _write_down(by, functions, why)
    return post


def _with_holders(by: User, organisation: Organisation) -> QuerySet[Function]:
    seen = FunctionHolder.objects.visible_to(by).select_related("user")
    latest = seen.order_by("-from_day", "-pk")
    functions = Function.objects.visible_to(by).filter(organisation=organisation)
    return functions.prefetch_related(Prefetch("holders", latest, to_attr="shown_holders"))


def _write_down(by: User, functions: Iterable[Function], why: str) -> None:
    held = [one.user for function in functions for one in _holders_of(function)]
    people = {user.pk: user for user in held if user and user.pk != by.pk}
    journal.record_reading(by=by, people=list(people.values()), fields=FIELDS, why=why)


def _holders_of(function: Function) -> list[FunctionHolder]:
    held: list[FunctionHolder] = function.shown_holders  # type: ignore[attr-defined]
    return held


def _post(function: Function) -> Post:
    today = timezone.localdate()
    held = [_holder(one, today) for one in _holders_of(function)]
    return Post(function.pk, function.title, held)


def _holder(held: FunctionHolder, today: date) -> Holder:
    is_over = held.to_day is not None and held.to_day < today
    return Holder(
        id=held.pk,
        name=shown_name(held.user) if held.user else held.described_as,
        when=period_in_words(held.from_day, held.to_day),
        is_now=held.from_day <= today and not is_over,
        is_over=is_over,
        person=held.user_id,
    )
