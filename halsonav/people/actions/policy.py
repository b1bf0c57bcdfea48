"""What an installation demands of a role's sign-ins."""

from django.db import transaction

from halsonav.people import journal
from halsonav.people.models import Role, RolePolicy


@transaction.atomic
def demand(
    *,
    by: journal.Actor,
    role: Role,
    two_factors: bool,
    idle_minutes: int,
    absolute_hours: int,
    assurance: str = "",
) -> RolePolicy:
    """Let this hold for all who have the role; raise `ValidationError` for what cannot be."""
    policy = RolePolicy.objects.filter(role=role).first() or RolePolicy(role=role)
    wanted = {
        "two_factors": two_factors,
        "idle_minutes": idle_minutes,
        "absolute_hours": absolute_hours,
        "assurance": assurance,
    }
    changed = [name for name, value in wanted.items() if getattr(policy, name) != value]
    for name, value in wanted.items():
        setattr(policy, name, value)
    policy.full_clean()
    policy.save()
    journal.record(by=by, verb="demand_of_role", about=policy, fields=changed)
    return policy
