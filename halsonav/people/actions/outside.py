"""People who come from an identity provider: who they are here, and what their groups give."""

from contextlib import suppress
from typing import Final

from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from halsonav.people import journal
from halsonav.people.actions.acceptance import accept_invitation
from halsonav.people.actions.role import LastOperatorError, give_role, take_role
from halsonav.people.actions.user import create_user
from halsonav.people.models import (
    Centre,
    GroupMapping,
    Organisation,
    Role,
    RoleAssignment,
    User,
)
from halsonav.people.signing_in.oidc import Identity
from halsonav.people.signing_in.security_letters import EVENTS, tell

WHY: Final = "identity provider"


class UnknownIdentityError(ValidationError):
    """Nobody here is linked to the identity, and its groups give no role."""


class LinkedAlreadyError(ValidationError):
    """The identity is another account's, or the account has another identity of that provider."""


@transaction.atomic
def let_in(*, by: journal.Actor, identity: Identity, token: str = "") -> User:
    """Return whose identity it is, with the roles that its groups give now.

    An unknown one belongs to whoever accepts an invitation by its `token`, or to a new account when
    its groups give a role; never to an account for its e-mail's sake. Raises
    `UnknownIdentityError`, and what `accept_invitation` raises.
    """
    account = _account(identity)
    user = account.user if account else _newcomer(by, identity, token)
    if user.is_active:
        _follow_groups(user, identity)
    return user


@transaction.atomic
def link_identity(*, by: User, identity: Identity) -> None:
    """Let the identity be `by`'s own; raise `LinkedAlreadyError`.

    One that is linked to them already stays so.
    """
    account = _account(identity)
    theirs = SocialAccount.objects.filter(user=by, provider=identity.issuer).first()
    if account != theirs or (account and account.user_id != by.pk):
        raise LinkedAlreadyError(_("Den inloggningen hör redan till ett annat konto."))
    if account is None:
        _link(by, by, identity)
        tell(by, EVENTS["link_identity"])
    _follow_groups(by, identity)


@transaction.atomic
def unlink_identities(*, by: journal.Actor, user: User) -> None:
    """Let no identity provider sign the user in any more; the roles that it gave go."""
    gone, _rows = SocialAccount.objects.filter(user=user).delete()
    for held in RoleAssignment.objects.filter(user=user).exclude(origin=""):
        _take(by, held)
    if gone:
        journal.record(by=by, verb="unlink_identity", about=user, fields=["identity"])
        tell(user, EVENTS["unlink_identity"])


@transaction.atomic
def map_group(
    *,
    by: journal.Actor,
    issuer: str,
    group: str,
    role: Role,
    centre: Centre | None = None,
    organisation: Organisation | None = None,
) -> GroupMapping:
    """Let a provider's group give the role there, from its members' next sign-in.

    Raises `ValidationError` for what cannot be, and for what stands already.
    """
    mapping = GroupMapping(
        issuer=issuer, group=group.strip(), role=role, centre=centre, organisation=organisation
    )
    mapping.full_clean()
    mapping.save()
    journal.record(by=by, verb="map_group", about=mapping)
    return mapping


@transaction.atomic
def unmap_group(*, by: journal.Actor, mapping: GroupMapping) -> bool:
    """Let the group give nothing; roles that no other group can have given are taken at once.

    Return whether nobody has the role by groups any more: another group may give it, and the last
    who looks after the installation keeps it.
    """
    journal.record(by=by, verb="unmap_group", about=mapping)
    where = {
        "role": mapping.role,
        "centre": mapping.centre,
        "organisation": mapping.organisation,
    }
    issuer = mapping.issuer
    mapping.delete()
    given = RoleAssignment.objects.filter(origin=issuer, **where)
    if not GroupMapping.objects.filter(issuer=issuer, **where).exists():
        for held in given.select_related("user"):
            _take(by, held)
    return not given.exists()


def _account(identity: Identity) -> SocialAccount | None:
    found = SocialAccount.objects.filter(provider=identity.issuer, uid=identity.subject)
    return found.select_related("user").first()


def _newcomer(by: journal.Actor, identity: Identity, token: str) -> User:
    if token:
        user = accept_invitation(by=by, token=token, display_name=identity.name)
    else:
        user = _created(identity)
    _link(user, user, identity)
    return user


def _created(identity: Identity) -> User:
    """Return a new account for whom the groups give a role, if the e-mail is nobody's yet."""
    taken = User.objects.filter(email__iexact=identity.email).exists()
    is_given_a_role = bool(_mappings(identity))  # asked even so: nobody hears the difference
    if not identity.email or taken or not is_given_a_role:
        raise UnknownIdentityError(_("Vi känner inte igen dig än."))
    name = identity.name or identity.email.partition("@")[0]
    return create_user(by=None, email=identity.email, display_name=name[:120])


def _link(by: journal.Actor, user: User, identity: Identity) -> None:
    """Keep issuer and subject, and nothing else that the provider says."""
    SocialAccount.objects.create(user=user, provider=identity.issuer, uid=identity.subject)
    journal.record(by=by, verb="link_identity", about=user, fields=["identity"])


def _mappings(identity: Identity) -> list[GroupMapping]:
    mapped = GroupMapping.objects.filter(issuer=identity.issuer, group__in=identity.groups)
    return list(mapped.select_related("centre", "organisation").order_by("pk"))


def _follow_groups(user: User, identity: Identity) -> None:
    """Give what the groups give, and take what they no longer give; what we gave stays."""
    User.objects.select_for_update().get(pk=user.pk)
    wanted = _mappings(identity)
    places = {(one.role, one.centre_id, one.organisation_id) for one in wanted}
    for held in RoleAssignment.objects.filter(user=user, origin=identity.issuer):
        if (held.role, held.centre_id, held.organisation_id) not in places:
            _take(None, held)
    for one in wanted:
        give_role(
            by=None,
            user=user,
            role=Role(one.role),
            centre=one.centre,
            organisation=one.organisation,
            why=WHY,
            origin=identity.issuer,
        )
    user.forget_roles()


def _take(by: journal.Actor, held: RoleAssignment) -> None:
    """Take what the groups no longer give; the last who looks after all of it keeps that."""
    with suppress(LastOperatorError):
        take_role(by=by, assignment=held, why=WHY)
