"""What the roles that somebody holds demand of their sign-in: the strictest holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from halsonav.people.models import Assurance, RolePolicy, User
from halsonav.people.permissions import Role

NO_ROLE_LASTS: Final = (timedelta(minutes=30), timedelta(hours=12))


@dataclass(frozen=True)
class Policy:
    """Demands of a sign-in.

    two_factors: a second factor or a passkey. idle: how long one may do nothing. absolute: how long
    a sign-in lasts at most. assurance: how sure an identity provider must be.
    """

    two_factors: bool = True
    idle: timedelta = NO_ROLE_LASTS[0]
    absolute: timedelta = NO_ROLE_LASTS[1]
    assurance: Assurance = Assurance.ANY


_MINUTES: Final = {
    # A host counts all day on the square with a phone in the pocket.
    Role.HOST: 12 * 60,
    Role.COORDINATOR: 60,
    Role.STRATEGIST: 60,
    Role.PARTNER_EDITOR: 60,
}
_ONE_FACTOR: Final = frozenset((Role.HOST, Role.PARTNER_EDITOR))
DEFAULTS: Final = {
    role: Policy(
        two_factors=role not in _ONE_FACTOR, idle=timedelta(minutes=_MINUTES.get(role, 30))
    )
    for role in Role
}
"""What the code demands: two factors of all who see more than the programme."""


def policy_of(user: User) -> Policy:
    """Return what is demanded of the user: of each demand the strictest among their roles."""
    return strictest(policy for role, policy in policies().items() if role in user.roles)


def policies() -> dict[Role, Policy]:
    """Return what each role demands here: the code's demands, or the installation's own."""
    return DEFAULTS | {Role(row.role): _policy(row) for row in RolePolicy.objects.all()}


def strictest(demands: Iterable[Policy]) -> Policy:
    """Join demands; without any, one factor is enough, since there is nothing to do."""
    listed = list(demands)
    if not listed:
        return Policy(two_factors=False)
    return Policy(
        two_factors=any(one.two_factors for one in listed),
        idle=min(one.idle for one in listed),
        absolute=min(one.absolute for one in listed),
        assurance=max((one.assurance for one in listed), key=Assurance.values.index),
    )


def _policy(row: RolePolicy) -> Policy:
    return Policy(
        two_factors=row.two_factors,
        idle=timedelta(minutes=row.idle_minutes),
        absolute=timedelta(hours=row.absolute_hours),
        assurance=Assurance(row.assurance),
    )
