"""What the database refuses, and what lists show to whom."""

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

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
from halsonav.people.models.validators import (
    by_language,
    language_codes,
    luhn_holds,
    organisation_number,
    plain_values,
)
from tests.factories.people import (
    CentreFactory,
    FunctionFactory,
    FunctionHolderFactory,
    OrganisationFactory,
    RoleAssignmentFactory,
    UserFactory,
    user_with,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def refused(name: str, write: Callable[[], object]) -> None:
    """Assert that the database itself refuses the write, by the constraint of that name."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write()
    assert name in str(error.value) or "UNIQUE constraint failed" in str(error.value)


def test_an_organisation_needs_a_slug_and_a_name() -> None:
    refused("organisation_has_a_slug_and_a_name", lambda: OrganisationFactory.create(name=""))
    refused("organisation_has_a_slug_and_a_name", lambda: OrganisationFactory.create(slug=""))


def test_an_organisation_is_of_a_known_kind() -> None:
    refused("organisation_kind_is_known", lambda: OrganisationFactory.create(kind="klubb"))


def test_an_organisation_is_not_its_own_parent() -> None:
    top = OrganisationFactory.create()
    refused(
        "organisation_is_not_its_own_parent",
        lambda: Organisation.objects.filter(pk=top.pk).update(parent=top),
    )


@pytest.mark.parametrize("code", ["148", "14800", "148a", "1480\n", "１４８０"])
def test_a_municipality_code_is_four_digits(code: str) -> None:
    made = OrganisationFactory.build(municipality_code=code[:4] if code == "14800" else code)
    if code == "14800":
        made.municipality_code = "148 "
    with pytest.raises(ValidationError):
        made.full_clean()
    if len(made.municipality_code) <= 4:
        refused("organisation_municipality_code_is_four_digits", made.save)


@pytest.mark.parametrize("number", ["2120001355", "212000-135", "x12000-1355", "212000 1355"])
def test_an_organisation_number_is_six_and_four_digits(number: str) -> None:
    with pytest.raises(ValidationError):
        organisation_number(number)
    refused(
        "organisation_number_is_six_and_four_digits",
        lambda: OrganisationFactory.create(organisation_number=number),
    )


@pytest.mark.parametrize("number", ["212000-1355", "232100-0131", "202100-5489"])
def test_true_organisation_numbers_pass(number: str) -> None:
    organisation_number(number)


def test_one_wrong_digit_in_an_organisation_number_shows() -> None:
    right = "2120001355"
    for place in range(10):
        wrong = right[:place] + str((int(right[place]) + 1) % 10) + right[place + 1 :]
        assert not luhn_holds(wrong)
        with pytest.raises(ValidationError, match="stämmer inte"):
            organisation_number(f"{wrong[:6]}-{wrong[6:]}")


def test_two_organisations_never_share_an_address() -> None:
    OrganisationFactory.create(slug="samma")
    refused("slug", lambda: OrganisationFactory.create(slug="samma"))


def test_the_tree_gives_what_is_below_and_above() -> None:
    top = OrganisationFactory.create()
    middle = OrganisationFactory.create(parent=top)
    leaf = OrganisationFactory.create(parent=middle)
    OrganisationFactory.create()
    assert set(Organisation.objects.within(top)) == {top, middle, leaf}
    assert set(Organisation.objects.within(leaf)) == {leaf}
    assert set(Organisation.objects.ancestors_of(leaf)) == {top, middle}
    assert not Organisation.objects.ancestors_of(top)
    assert not Organisation.objects.at_or_below([])


def test_a_circle_in_the_table_does_not_make_the_tree_endless() -> None:
    one = OrganisationFactory.create()
    two = OrganisationFactory.create(parent=one)
    Organisation.objects.filter(pk=one.pk).update(parent=two)
    assert set(Organisation.objects.within(one)) == {one, two}
    assert set(Organisation.objects.ancestors_of(one)) == {two}


@pytest.mark.parametrize("value", [[], "en", {"en": 1}, {"engelska": "x"}, {"EN": "x"}, {1: "x"}])
def test_texts_by_language_are_texts_with_codes(value: object) -> None:
    with pytest.raises(ValidationError):
        by_language(value)


@pytest.mark.parametrize("value", [{}, "sv", ["svenska"], [1], ["sv\n"]])
def test_languages_are_codes(value: object) -> None:
    with pytest.raises(ValidationError):
        language_codes(value)


@pytest.mark.parametrize("value", [[], {"colour": ["red"]}, {"colour": None}, {1: "x"}])
def test_theme_values_are_plain(value: object) -> None:
    with pytest.raises(ValidationError):
        plain_values(value)


def test_right_values_pass_their_validators() -> None:
    by_language({"en": "Library", "ar": "مكتبة"})
    language_codes(["sv", "en", "ar"])
    plain_values({"accent": "#0a5c4a", "rounded": True, "scale": 1.1})


def test_a_centre_needs_a_slug_and_a_name() -> None:
    refused("centre_has_a_slug_and_a_name", lambda: CentreFactory.create(name=""))


def test_an_email_is_one_persons_alone_whatever_its_letters() -> None:
    UserFactory.create(email="asta@exempel.se")
    refused("user_email_is_theirs_alone", lambda: UserFactory.create(email="Asta@Exempel.se"))
    assert User.objects.get_by_natural_key(" ASTA@exempel.se ").email == "asta@exempel.se"


def test_a_user_has_an_email_and_a_name() -> None:
    refused("user_has_an_email_and_a_name", lambda: UserFactory.create(email=""))
    refused("user_has_an_email_and_a_name", lambda: UserFactory.create(display_name=""))


def test_the_manager_makes_a_user_who_is_shown_by_name() -> None:
    user = User.objects.create_user(" Asta@Exempel.SE", "ett långt lösen", display_name="Asta")
    assert (user.email, str(user), user.get_short_name()) == ("asta@exempel.se", "Asta", "Asta")
    assert user.check_password("ett långt lösen")
    assert not User.objects.create_user("b@exempel.se", display_name="B").has_usable_password()


def test_a_role_is_at_a_centre_or_in_an_organisation_and_never_both(centrum: Centre) -> None:
    refused(
        "role_assignment_is_not_both_at_a_centre_and_in_an_organisation",
        lambda: RoleAssignmentFactory.create(centre=centrum, organisation=centrum.organisation),
    )


def test_only_an_operator_has_a_role_without_a_place() -> None:
    refused(
        "role_assignment_without_a_place_is_an_operator",
        lambda: RoleAssignmentFactory.create(centre=None, role=Role.COACH),
    )
    RoleAssignmentFactory.create(centre=None, role=Role.OPERATOR)


def test_a_role_is_known() -> None:
    refused("role_assignment_role_is_known", lambda: RoleAssignmentFactory.create(role="chef"))


def test_a_role_is_given_once_in_each_place(centrum: Centre, goteborg: Organisation) -> None:
    user = UserFactory.create()
    for place in ({"centre": centrum}, {"organisation": goteborg}, {}):
        RoleAssignment.objects.create(user=user, role=Role.OPERATOR, **place)
        refused(
            "is_given_once",
            lambda place=place: RoleAssignment.objects.create(  # type: ignore[misc]
                user=user, role=Role.OPERATOR, **place
            ),
        )


def test_a_role_says_what_and_where(centrum: Centre) -> None:
    here = RoleAssignmentFactory.build(user=None, role=Role.HOST, centre=centrum)
    assert str(here) == "värd/ledare, Hälsolots Centrum"
    assert str(RoleAssignmentFactory.build(user=None, role=Role.OPERATOR, centre=None)) == (
        "driftansvarig, överallt"
    )


def test_a_function_has_a_title_once_in_an_organisation() -> None:
    function = FunctionFactory.create()
    refused("function_has_a_title", lambda: FunctionFactory.create(title=""))
    refused(
        "function_title_is_once_in_an_organisation",
        lambda: FunctionFactory.create(organisation=function.organisation, title=function.title),
    )
    assert str(function) == function.title


def test_a_holding_does_not_end_before_it_begins() -> None:
    refused(
        "function_holding_does_not_end_before_it_begins",
        lambda: FunctionHolderFactory.create(from_day=DAY, to_day=date(2026, 3, 1)),
    )
    FunctionHolderFactory.create(from_day=DAY, to_day=DAY)


def test_a_holder_is_a_user_or_a_described_role() -> None:
    name = "function_holder_is_a_user_or_a_described_role"
    refused(name, lambda: FunctionHolderFactory.create(user=None))
    refused(name, lambda: FunctionHolderFactory.create(described_as="vikarie"))
    FunctionHolderFactory.create(user=None, described_as="vikarie")


def test_who_holds_a_function_is_asked_by_day() -> None:
    first = FunctionHolderFactory.create(from_day=date(2026, 1, 1), to_day=DAY)
    second = FunctionHolderFactory.create(from_day=DAY)
    assert set(FunctionHolder.objects.on(DAY)) == {first, second}
    assert set(FunctionHolder.objects.on(date(2026, 3, 3))) == {second}
    assert not FunctionHolder.objects.on(date(2025, 12, 31))


def test_organisations_centres_and_functions_are_public(
    centrum: Centre, stranger: AnonymousUser
) -> None:
    function = FunctionFactory.create(organisation=centrum.organisation)
    assert centrum in Centre.objects.visible_to(stranger)
    assert centrum.organisation in Organisation.objects.visible_to(stranger)
    assert function in Function.objects.visible_to(stranger)
    assert str(centrum) == "Hälsolots Centrum"
    assert str(centrum.organisation) == "Göteborgs Stad"


def test_users_are_seen_by_themselves_and_by_those_who_manage_people_there(
    manager: User,
    coordinator: User,
    host: User,
    outsider: User,
    operator: User,
    stranger: AnonymousUser,
) -> None:
    assert set(User.objects.visible_to(manager)) == {manager, coordinator, host}
    assert set(User.objects.visible_to(coordinator)) == {coordinator}
    assert set(User.objects.visible_to(operator)) == {
        manager,
        coordinator,
        host,
        outsider,
        operator,
    }
    assert not User.objects.visible_to(stranger)


def test_a_manager_of_an_organisation_sees_users_below_it_and_at_its_centres(
    centrum: Centre, coordinator: User, outsider: User, goteborg: Organisation
) -> None:
    committee = OrganisationFactory.create(parent=goteborg, kind=OrganisationKind.COMMITTEE)
    editor = user_with(Role.PARTNER_EDITOR, organisation=committee)
    manager = user_with(Role.CENTRE_MANAGER, organisation=goteborg)
    assert set(User.objects.visible_to(manager)) == {manager, editor, coordinator}
    assert set(RoleAssignment.objects.visible_to(manager).values_list("user", flat=True)) == {
        manager.pk,
        editor.pk,
        coordinator.pk,
    }


def test_roles_are_seen_by_their_holder_and_by_those_who_manage_people_there(
    manager: User, coordinator: User, outsider: User, operator: User, stranger: AnonymousUser
) -> None:
    assert [each.user for each in RoleAssignment.objects.visible_to(coordinator)] == [coordinator]
    assert {each.user for each in RoleAssignment.objects.visible_to(manager)} == {
        manager,
        coordinator,
    }
    assert RoleAssignment.objects.visible_to(operator).count() == 4
    assert not RoleAssignment.objects.visible_to(stranger)


def test_holders_are_seen_by_themselves_and_by_those_who_manage_people_there(
    coordinator: User,
    goteborg: Organisation,
    operator: User,
    outsider: User,
    stranger: AnonymousUser,
) -> None:
    function = FunctionFactory.create(organisation=goteborg)
    held = FunctionHolderFactory.create(function=function, user=coordinator, from_day=DAY)
    described = FunctionHolderFactory.create(
        function=function, user=None, described_as="vikarie", from_day=DAY
    )
    manager = user_with(Role.CENTRE_MANAGER, organisation=goteborg)
    assert set(FunctionHolder.objects.visible_to(manager)) == {held, described}
    assert set(FunctionHolder.objects.visible_to(operator)) == {held, described}
    assert set(FunctionHolder.objects.visible_to(coordinator)) == {held}
    assert not FunctionHolder.objects.visible_to(outsider)
    assert not FunctionHolder.objects.visible_to(stranger)


@pytest.mark.parametrize(
    ("model", "word"),
    [
        (Organisation, "organisation"),
        (Centre, "verksamhet"),
        (Function, "funktion"),
        (User, "användare"),
        (RoleAssignment, "roll"),
    ],
)
def test_each_model_has_its_swedish_word(
    model: type[Organisation | Centre | Function | User | RoleAssignment], word: str
) -> None:
    assert model._meta.verbose_name == word
