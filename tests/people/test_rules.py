"""Who may do what where."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from halsonav.people.models import NOWHERE, Centre, Organisation, Reader, Role, User, scope_of
from halsonav.people.permissions import ROLE_PERMISSIONS, Permission, roles_with
from halsonav.people.rules import centres_where, may, may_change_account, may_give, may_manage
from tests.factories.people import (
    CentreFactory,
    FunctionFactory,
    OrganisationFactory,
    RoleAssignmentFactory,
    UserFactory,
    user_with,
)

pytestmark = pytest.mark.django_db


def test_every_role_and_every_permission_is_in_the_data() -> None:
    assert set(ROLE_PERMISSIONS) == set(Role)
    assert set().union(*ROLE_PERMISSIONS.values()) == set(Permission)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("permission", list(Permission))
def test_a_role_may_what_the_data_says_at_its_own_centre_and_nothing_at_another(
    role: Role, permission: Permission, centrum: Centre, torvalla: Centre
) -> None:
    user = user_with(role, centre=centrum)
    assert may(user, permission, centrum) is (permission in ROLE_PERMISSIONS[role])
    assert may(user, permission) is (permission in ROLE_PERMISSIONS[role])
    assert may(user, permission, torvalla) is False
    assert may(user, permission, centrum.organisation) is False


def test_the_roles_with_a_permission_are_read_from_the_data() -> None:
    assert roles_with(Permission.RUN_OPERATIONS) == {Role.OPERATOR}
    assert Role.HOST not in roles_with(Permission.EDIT_ACTIVITY)


def test_nobody_without_an_account_may_anything(stranger: AnonymousUser, centrum: Centre) -> None:
    assert not any(may(stranger, permission) for permission in Permission)
    assert not any(may(stranger, permission, centrum) for permission in Permission)
    assert scope_of(stranger, Permission.SEE_WORKSPACE) == NOWHERE
    assert not centres_where(stranger, Permission.SEE_WORKSPACE)


def test_a_user_without_a_role_may_nothing(centrum: Centre) -> None:
    user = UserFactory.create()
    assert not any(may(user, permission) for permission in Permission)
    assert not user.is_staff
    assert not user.has_module_perms("people")
    assert not scope_of(UserFactory.build(), Permission.SEE_WORKSPACE)


def test_a_user_who_is_not_active_may_nothing(coordinator: User, centrum: Centre) -> None:
    coordinator.is_active = False
    coordinator.forget_roles()
    assert not may(coordinator, Permission.EDIT_ACTIVITY, centrum)
    assert not coordinator.has_perm(Permission.EDIT_ACTIVITY, centrum)
    assert not coordinator.is_staff


def test_a_role_in_an_organisation_holds_below_it_and_at_its_centres(
    goteborg: Organisation, centrum: Centre, torvalla: Centre
) -> None:
    committee = OrganisationFactory.create(parent=goteborg)
    below = CentreFactory.create(organisation=committee)
    user = user_with(Role.CENTRE_MANAGER, organisation=goteborg)
    for place in (goteborg, committee, centrum, below):
        assert may(user, Permission.MANAGE_PEOPLE, place)
    for place in (torvalla, torvalla.organisation):
        assert not may(user, Permission.MANAGE_PEOPLE, place)
    assert set(centres_where(user, Permission.MANAGE_PEOPLE)) == {centrum, below}


def test_a_role_below_gives_nothing_above(goteborg: Organisation) -> None:
    committee = OrganisationFactory.create(parent=goteborg)
    user = user_with(Role.CENTRE_MANAGER, organisation=committee)
    assert may(user, Permission.MANAGE_PEOPLE, committee)
    assert not may(user, Permission.MANAGE_PEOPLE, goteborg)


def test_rows_are_asked_for_by_the_path_to_their_place(
    coordinator: User, outsider: User, operator: User, stranger: AnonymousUser, centrum: Centre
) -> None:
    def seen_by(user: Reader) -> set[User]:
        where = scope_of(user, Permission.SEE_WORKSPACE).holds(centre="role_assignments__centre")
        return set(User.objects.filter(where))

    assert seen_by(coordinator) == {coordinator}
    assert seen_by(outsider) == {outsider}
    assert seen_by(operator) == {coordinator, outsider, operator}
    assert seen_by(stranger) == set()


def test_an_operator_without_a_place_may_everywhere(operator: User, torvalla: Centre) -> None:
    assert may(operator, Permission.MANAGE_PLACES, torvalla)
    assert may(operator, Permission.MANAGE_PEOPLE, FunctionFactory.create())
    assert not may(operator, Permission.EDIT_ACTIVITY, torvalla)
    assert set(centres_where(operator, Permission.MANAGE_PEOPLE)) == {torvalla}


def test_an_object_lies_where_its_centre_or_organisation_is(
    goteborg: Organisation, centrum: Centre, coordinator: User, host: User
) -> None:
    manager = user_with(Role.CENTRE_MANAGER, organisation=goteborg)
    assert may(manager, Permission.MANAGE_PEOPLE, FunctionFactory.create(organisation=goteborg))
    assert not may(manager, Permission.MANAGE_PEOPLE, FunctionFactory.create())
    role = RoleAssignmentFactory.create(user=host, centre=centrum)
    assert may(manager, Permission.MANAGE_PEOPLE, role)
    assert not may(coordinator, Permission.MANAGE_PEOPLE, role)


def test_a_question_about_something_that_lies_nowhere_is_a_mistake(coordinator: User) -> None:
    with pytest.raises(TypeError, match="has neither a centre"):
        may(coordinator, Permission.EDIT_ACTIVITY, coordinator)


def test_an_unknown_permission_is_nobodys(operator: User) -> None:
    assert operator.has_perm("people.fly") is False


def test_roles_are_read_once_for_a_request(
    coordinator: User, centrum: Centre, torvalla: Centre
) -> None:
    user = User.objects.get(pk=coordinator.pk)
    with CaptureQueriesContext(connection) as queries:
        for permission in Permission:
            may(user, permission, centrum)
            may(user, permission, torvalla)
        assert user.is_staff
    assert len(queries) == 1


def test_nobody_gives_a_role_with_more_than_they_have_themselves(
    manager: User, coordinator: User, operator: User, centrum: Centre, torvalla: Centre
) -> None:
    assert may_give(manager, Role.COORDINATOR, centrum)
    assert may_give(manager, Role.CENTRE_MANAGER, centrum)
    assert not may_give(manager, Role.OPERATOR, centrum)
    assert not may_give(manager, Role.HOST, torvalla)
    assert not may_give(manager, Role.OPERATOR, None)
    assert not may_give(coordinator, Role.HOST, centrum)
    assert may_give(operator, Role.OPERATOR, None)


def test_an_account_is_changed_only_by_who_may_give_each_of_its_roles(
    goteborg: Organisation, coordinator: User, operator: User
) -> None:
    chief = user_with(Role.CENTRE_MANAGER, organisation=goteborg)
    assert may_change_account(chief, coordinator)
    RoleAssignmentFactory.create(
        user=coordinator, role=Role.OPERATOR, centre=None, organisation=goteborg
    )
    assert may_manage(chief, coordinator)
    assert not may_change_account(chief, coordinator)
    assert may_change_account(operator, coordinator)
    assert not may_change_account(operator, operator)


def test_an_account_is_managed_only_where_all_its_roles_are(
    manager: User, coordinator: User, operator: User, outsider: User, torvalla: Centre
) -> None:
    assert may_manage(manager, coordinator)
    assert not may_manage(manager, outsider)
    assert not may_manage(manager, operator)
    assert not may_manage(manager, UserFactory.create())
    assert not may_manage(coordinator, coordinator)
    RoleAssignmentFactory.create(user=coordinator, role=Role.HOST, centre=torvalla)
    assert not may_manage(manager, coordinator)
    assert may_manage(operator, coordinator)
