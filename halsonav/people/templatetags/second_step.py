"""What the pages around the second step ask."""

from django import template

from halsonav.people.models import User
from halsonav.people.signing_in.policies import policy_of
from halsonav.people.signing_in.second_factor import ways_of

register = template.Library()


@register.simple_tag
def would_be_left_without(user: User) -> bool:
    """Say whether the user needs a second step for their work and has no other than one."""
    return policy_of(user).two_factors and ways_of(user) <= 1
