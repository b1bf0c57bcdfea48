# mypy: disallow-untyped-calls=False
"""Rows of the room `people`, made quickly for tests."""

from datetime import date, timedelta

from django.utils import timezone
from factory.declarations import LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory, Password

from halsonav.people.models import (
    Centre,
    Function,
    FunctionHolder,
    Organisation,
    OrganisationKind,
    Role,
    RoleAssignment,
    User,
)

PASSWORD = "ett-långt-lösenord"


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    slug = Sequence(lambda number: f"organisation-{number}")
    name = Sequence(lambda number: f"Föreningen {number}")
    kind = OrganisationKind.ASSOCIATION


class CentreFactory(DjangoModelFactory[Centre]):
    class Meta:
        model = Centre

    slug = Sequence(lambda number: f"verksamhet-{number}")
    name = Sequence(lambda number: f"Hälsocenter {number}")
    organisation = SubFactory(OrganisationFactory)
    languages = ["sv"]


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = Sequence(lambda number: f"person{number}@exempel.se")
    display_name = Sequence(lambda number: f"Person {number}")
    password = Password(PASSWORD)
    joined_at = LazyFunction(lambda: timezone.now() - timedelta(days=30))


class RoleAssignmentFactory(DjangoModelFactory[RoleAssignment]):
    class Meta:
        model = RoleAssignment

    user = SubFactory(UserFactory)
    role = Role.COORDINATOR
    centre = SubFactory(CentreFactory)


class FunctionFactory(DjangoModelFactory[Function]):
    class Meta:
        model = Function

    organisation = SubFactory(OrganisationFactory)
    title = Sequence(lambda number: f"utvecklingsledare {number}")


class FunctionHolderFactory(DjangoModelFactory[FunctionHolder]):
    class Meta:
        model = FunctionHolder

    function = SubFactory(FunctionFactory)
    user = SubFactory(UserFactory)
    from_day = date(2026, 1, 1)


def user_with(
    role: Role,
    *,
    centre: Centre | None = None,
    organisation: Organisation | None = None,
    name: str = "Person",
) -> User:
    """Return a new user who holds the role there."""
    user = UserFactory.create(display_name=name)
    RoleAssignment.objects.create(user=user, role=role, centre=centre, organisation=organisation)
    return user
