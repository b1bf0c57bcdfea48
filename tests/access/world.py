"""Two centres with everybody who works there, each marked by words that stand nowhere else.

What one of these words stands in was shown to whoever got it: so a look at the bytes of an answer
says whose data it holds, whatever made it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from halsonav.messages.models import Message
from halsonav.people import journal
from halsonav.people.actions import invite, leave, map_group
from halsonav.people.models import (
    Centre,
    DataRequest,
    ForgettingRun,
    Invitation,
    Organisation,
    ReadReview,
    Role,
    RoleAssignment,
    User,
    hash_of_token,
)
from halsonav.people.signing_in.second_factor import SecondFactorAdapter
from halsonav.people.signing_in.session_store import SEEN, STARTED, SessionStore, hash_of
from tests.factories.keys import key_of
from tests.factories.people import (
    CentreFactory,
    FunctionHolderFactory,
    OrganisationFactory,
    UserFactory,
)
from tests.factories.places import AreaFactory
from tests.factories.programme import ThemeFactory, published

NOBODY: Final = "nobody"
NO_ROLE: Final = "no_role"
TOWN_MANAGER: Final = "town_manager"
READERS: Final = (NOBODY, NO_ROLE, *(role.value for role in Role), TOWN_MANAGER)
"""Who asks: a stranger, somebody who has signed in and has no role, each role at one centre, and
a manager whose role lies in the organisation above the centre.
"""
MARK: Final = "kanarie"


@dataclass
class Person:
    """Somebody with marks of their own in every text that tells of them."""

    user: User
    session: str
    key: Authenticator

    @property
    def marks(self) -> set[str]:
        """Return the words that stand in this person's data alone."""
        return {self.user.display_name, self.user.email, self.key.data["name"]}


@dataclass
class Invited:
    """Somebody who has been asked to take a role and has no account yet."""

    invitation: Invitation

    @property
    def marks(self) -> set[str]:
        """Return the words that stand in this invitation alone."""
        return {self.invitation.display_name, self.invitation.email}


Shown = Person | Invited


@dataclass
class World:
    """One's own centre and another's, and who is there."""

    own: Centre
    other: Centre
    readers: dict[str, Person] = field(default_factory=dict)
    here: dict[str, Person] = field(default_factory=dict)
    there: dict[str, Person] = field(default_factory=dict)
    invited: dict[str, Invited] = field(default_factory=dict)
    values: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """What stands in an address, by what it is: one's own, another's, and one that is not there."""

    def value(self, kind: str, which: int, reader: str) -> str:
        """Return what stands in an address: the reader's own (0), another's (1), nothing's (2).

        A key and a sign-in are one's own alone; all else is one's own when it is one's centre's.
        """
        mine = self.readers.get(reader)
        if which == 0 and mine and kind in ("key", "session"):
            return str(mine.key.pk) if kind == "key" else hash_of(mine.session)
        return self.values[kind][which]

    @property
    def people(self) -> Iterator[Person]:
        """Yield everybody who has an account."""
        for group in (self.readers, self.here, self.there):
            yield from group.values()

    @property
    def everybody(self) -> Iterator[Shown]:
        """Yield everybody whose data there is."""
        yield from self.people
        yield from self.invited.values()


def build() -> World:
    """Make the world, in the transaction that is open."""
    world = World(_centre("Egnahem"), _centre("Annorstad"))
    for reader in READERS[1:]:
        world.readers[reader] = _person(reader, world.own, f"läsare {reader}")
        if reader != NO_ROLE:
            _second_steps(world.readers[reader].user)
    world.here["colleague"] = _person(Role.COACH, world.own, "kollega")
    world.there["coach"] = _person(Role.COACH, world.other, "annan coach")
    world.there["manager"] = _person(Role.CENTRE_MANAGER, world.other, "annan chef")
    world.here["protected"] = _person(Role.COACH, world.own, "skyddad", is_protected=True)
    for person in list(world.people):
        FunctionHolderFactory.create(
            user=person.user, function__organisation=_organisation_of(person, world)
        )
        _letter(person.user)
    world.invited = {"here": _invited(world.own), "there": _invited(world.other)}
    _public_things(world)
    _values(world)
    _links(world)
    return world


def _centre(name: str) -> Centre:
    organisation = OrganisationFactory.create(name=f"{name}s kommun")
    return CentreFactory.create(name=f"Hälsocenter {name}", organisation=organisation)


def _person(role: str, centre: Centre, who: str, *, is_protected: bool = False) -> Person:
    word = who.translate(str.maketrans("äåö _", "aao--"))
    user = UserFactory.create(
        display_name=f"{MARK.capitalize()} {who} vid {centre.slug}",
        email=f"{MARK}.{word}.{centre.slug}@exempel.se",
        is_protected=is_protected,
    )
    _give_role(user, role, centre)
    return Person(user, _session(user), key_of(user, f"Nyckeln {MARK}-{user.pk:05}"))


def _give_role(user: User, role: str, centre: Centre) -> None:
    roles = RoleAssignment.objects
    if role == TOWN_MANAGER:
        roles.create(user=user, role=Role.CENTRE_MANAGER, organisation=centre.organisation)
    elif role != NO_ROLE:
        roles.create(user=user, role=role, centre=None if role == Role.OPERATOR else centre)


def _second_steps(user: User) -> None:
    """Give somebody an app that makes codes, and codes to spare."""
    secret = SecondFactorAdapter().encrypt(f"HEMLIGHET{user.pk}")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": secret})
    RecoveryCodes.activate(user)


def _session(user: User) -> str:
    """Sign somebody in as a minute ago; return the session's key, as the cookie holds it."""
    now = timezone.now().timestamp()
    store: SessionBase = SessionStore()
    store.update(
        {
            "_auth_user_id": str(user.pk),
            "_auth_user_backend": "allauth.account.auth_backends.AuthenticationBackend",
            "_auth_user_hash": user.get_session_auth_hash(),
            STARTED: now - 60,
            SEEN: now - 5,
        }
    )
    store.create()
    store.save()
    return store.session_key or ""


def _organisation_of(person: Person, world: World) -> Organisation:
    centre = world.other if person in world.there.values() else world.own
    return centre.organisation


def _letter(user: User) -> None:
    now = timezone.now()
    Message.objects.create(
        to=user.email,
        subject="Hej",
        text=f"Hej {user.display_name}",
        next_attempt_at=now + timedelta(days=1),
        message_id=f"<{user.pk}@exempel.se>",
        created_at=now,
    )


def _public_things(world: World) -> None:
    theme, area = ThemeFactory.create(), AreaFactory.create()
    for which, centre in (("own", world.own), ("other", world.other)):
        moment = timezone.now().replace(microsecond=0) + timedelta(days=1)
        activity = published(f"Promenad {which}", moment, centre=centre, slug=f"promenad-{which}")
        world.values[f"occurrence {which}"] = (str(activity.occurrences.get().pk),) * 3
    world.values["theme"] = (theme.slug, theme.slug, "finns-inte")
    world.values["area"] = (area.slug, area.slug, "finns-inte")


def _values(world: World) -> None:
    """Say what stands in the addresses of the kinds of things that people own."""
    missing = "987654321"
    own, other = world.values.pop("occurrence own")[0], world.values.pop("occurrence other")[0]
    world.values |= {
        "activity": ("promenad-own", "promenad-other", "finns-inte"),
        "occurrence": (own, other, missing),
        "session": (
            hash_of(world.here["colleague"].session),
            hash_of(world.there["coach"].session),
            "0" * 64,
        ),
        "key": (
            str(world.here["colleague"].key.pk),
            str(world.there["coach"].key.pk),
            missing,
        ),
        "person": (
            str(world.here["colleague"].user.pk),
            str(world.there["coach"].user.pk),
            missing,
        ),
        "role": (_role(world.here["colleague"]), _role(world.there["coach"]), missing),
        "their session": (
            hash_of(world.here["colleague"].session),
            hash_of(world.there["coach"].session),
            "0" * 64,
        ),
        "mapping": (_mapping(world.own), _mapping(world.other), missing),
        "organisation": (world.own.organisation.slug, world.other.organisation.slug, "finns-inte"),
        "centre": (world.own.slug, world.other.slug, "finns-inte"),
        "function": (
            _function(world.here["colleague"]),
            _function(world.there["coach"]),
            missing,
        ),
        "holder": (_holding(world.here["colleague"]), _holding(world.there["coach"]), missing),
        "invitation": (_pk(world.invited["here"]), _pk(world.invited["there"]), missing),
        "run": (_forgetting_that_waits(),) * 2 + (missing,),
        "handover": (_leaving(world.here["colleague"]), _leaving(world.there["coach"]), missing),
        "role code": (Role.HOST.value, Role.COACH.value, "finns-inte"),
        **_reviews(world, missing),
        "uid": ("1", "2", "zz"),
        "token": ("set-password", "abc-def", "ghi"),
        "invitation token": ("inbjudan-som-galler", "inbjudan-till-en-annan", "ingen-inbjudan"),
        "own data token": ("lank-som-galler", "lank-som-ar-oppnad", "ingen-lank"),
    }


def _links(world: World) -> None:
    """Let a link of each kind be live, and another be used up."""
    now = timezone.now()
    for at, invited in enumerate(world.invited.values()):
        row = invited.invitation
        row.token_hash = hash_of_token(world.values["invitation token"][at])
        row.save(update_fields=["token_hash"])
    for at, opened_at in enumerate((None, now)):
        DataRequest.objects.create(
            address=f"{MARK}.boende-{at}@exempel.se",
            asked_at=now,
            sent_at=now,
            opened_at=opened_at,
            token_hash=hash_of_token(world.values["own data token"][at]),
        )


def _leaving(person: Person) -> str:
    """Return the id of somebody's leaving in a while."""
    day = timezone.localdate() + timedelta(days=30)
    return str(leave(by=None, leaver=person.user, last_day=day).pk)


def _reviews(world: World, missing: str) -> dict[str, tuple[str, str, str]]:
    """Make a review at each centre, of a line that the centre's coach has read."""
    made = []
    month = timezone.localdate().replace(day=1)
    readers = (world.own, world.here["colleague"]), (world.other, world.there["coach"])
    for centre, person in readers:
        entry = journal.record_reading(
            by=person.user, people=[person.user], fields=["email"], why="people:person"
        )
        review = ReadReview.objects.create(month=month, centre=centre, drawn_at=timezone.now())
        number = entry.number if entry else 0
        made.append((review, review.lines.create(entry=number, reader=person.user.pk)))
    (own, own_line), (other, other_line) = made
    return {
        "review": (str(own.pk), str(other.pk), missing),
        "line": (str(own_line.pk), str(other_line.pk), missing),
    }


def _forgetting_that_waits() -> str:
    """Return the id of what waits for a yes: nobody's own, the same for all who see it."""
    now = timezone.now()
    waiting = ForgettingRun.objects.create(
        rule="outbox.message_done", at=now, as_of=now, counted=1, total=1, state="waiting", needs=1
    )
    return str(waiting.pk)


def _role(person: Person) -> str:
    return str(person.user.role_assignments.get().pk)


def _invited(centre: Centre) -> Invited:
    invitation = invite(
        by=None,
        email=f"{MARK}.inbjuden.{centre.slug}@exempel.se",
        display_name=f"{MARK.capitalize()} inbjuden till {centre.slug}",
        role=Role.COACH,
        centre=centre,
    )
    return Invited(invitation)


def _pk(invited: Invited) -> str:
    return str(invited.invitation.pk)


def _function(person: Person) -> str:
    return str(person.user.functions_held.get().function_id)


def _holding(person: Person) -> str:
    return str(person.user.functions_held.get().pk)


def _mapping(centre: Centre) -> str:
    made = map_group(
        by=None, issuer="https://id.exempel.se", group="Coacher", role=Role.COACH, centre=centre
    )
    return str(made.pk)
