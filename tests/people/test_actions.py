"""Each verb does its work, writes its entry, and leaves nothing half-done."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from halsonav.people import actions
from halsonav.people.models import (
    Centre,
    Function,
    FunctionHolder,
    JournalEntry,
    Organisation,
    OrganisationKind,
    Role,
    RoleAssignment,
    User,
)
from halsonav.people.permissions import Permission
from halsonav.people.rules import may
from tests.factories.people import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def journalled() -> list[tuple[str, str]]:
    rows = JournalEntry.objects.order_by("number").values_list("verb", "about_type")
    return [(verb, about) for verb, about in rows]


def test_an_organisation_is_made(operator: User) -> None:
    made = actions.create_organisation(
        by=operator,
        slug="goteborgs-stad",
        name="Göteborgs Stad",
        names={"en": "City of Gothenburg"},
        kind=OrganisationKind.MUNICIPALITY,
        municipality_code="1480",
        organisation_number="212000-1355",
    )
    assert Organisation.objects.get() == made
    entry = JournalEntry.objects.get()
    assert (entry.verb, entry.actor_id) == ("create_organisation", operator.pk)
    assert (entry.about_type, entry.about_id) == ("people.organisation", str(made.pk))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("slug", "Två ord"),
        ("name", ""),
        ("kind", "klubb"),
        ("municipality_code", "148"),
        ("organisation_number", "212000-1356"),
        ("names", {"engelska": "x"}),
    ],
)
def test_an_organisation_that_cannot_be_is_refused_at_its_field(field: str, value: object) -> None:
    right = {"slug": "a", "name": "A", "kind": "other"}
    with pytest.raises(ValidationError) as error:
        actions.create_organisation(by=None, **(right | {field: value}))  # type: ignore[arg-type]
    assert field in error.value.message_dict
    assert not Organisation.objects.exists()
    assert not JournalEntry.objects.exists()


def test_an_organisation_moves_in_the_tree() -> None:
    top, other = OrganisationFactory.create(), OrganisationFactory.create()
    actions.move_organisation(by=None, organisation=other, parent=top)
    assert set(Organisation.objects.within(top)) == {top, other}
    actions.move_organisation(by=None, organisation=other, parent=None)
    assert set(Organisation.objects.within(top)) == {top}
    assert journalled() == [("move_organisation", "people.organisation")] * 2


def test_an_organisation_never_comes_to_lie_under_itself() -> None:
    top = OrganisationFactory.create()
    middle = OrganisationFactory.create(parent=top)
    leaf = OrganisationFactory.create(parent=middle)
    for parent in (top, middle, leaf):
        with pytest.raises(actions.CircleError):
            actions.move_organisation(by=None, organisation=top, parent=parent)
    top.refresh_from_db()
    assert top.parent is None
    assert not JournalEntry.objects.exists()


def test_a_centre_is_opened(goteborg: Organisation) -> None:
    centre = actions.open_centre(
        by=None,
        slug="centrum",
        name="Hälsolots Centrum",
        organisation=goteborg,
        names={"en": "Health Guide Centre"},
        tagline={"sv": "Vi hittar vägen ihop"},
        languages=["sv", "en", "ar"],
        phone="031-390 06 10",
        phone_hours={"sv": "måndag till fredag 9–12"},
        email="centrum@exempel.se",
        coach_title={"sv": "hälsolots"},
        talk={"sv": "Ring oss."},
        about={"sv": "Vi visar vägen."},
        theme={"accent": "#0a5c4a"},
    )
    kept = Centre.objects.get()
    assert kept == centre
    assert kept.languages == ["sv", "en", "ar"]
    assert (kept.coach_title, kept.talk) == ({"sv": "hälsolots"}, {"sv": "Ring oss."})
    assert kept.theme == {"accent": "#0a5c4a"}
    assert journalled() == [("open_centre", "people.centre")]


def test_a_centre_that_cannot_be_is_refused(goteborg: Organisation) -> None:
    with pytest.raises(ValidationError) as error:
        actions.open_centre(
            by=None, slug="c", name="", organisation=goteborg, languages=["svenska"]
        )
    assert {"name", "languages"} <= set(error.value.message_dict)
    assert not Centre.objects.exists()


def test_a_function_is_made_with_its_first_holder_and_kept_for_the_next(
    goteborg: Organisation,
) -> None:
    person = UserFactory.create()
    first = actions.appoint_holder(
        by=None, organisation=goteborg, title="utvecklingsledare", from_day=DAY, user=person
    )
    actions.end_holding(by=None, holder=first, to_day=date(2026, 6, 30))
    second = actions.appoint_holder(
        by=None,
        organisation=goteborg,
        title="utvecklingsledare",
        from_day=date(2026, 7, 1),
        described_as="vikarierande utvecklingsledare",
    )
    assert Function.objects.count() == 1
    assert set(FunctionHolder.objects.on(date(2026, 7, 1))) == {second}
    assert [verb for verb, _ in journalled()] == [
        "create_function",
        "appoint_holder",
        "end_holding",
        "appoint_holder",
    ]


def test_a_holder_is_refused_without_anybody_or_with_an_early_end(goteborg: Organisation) -> None:
    with pytest.raises(ValidationError):
        actions.appoint_holder(by=None, organisation=goteborg, title="chef", from_day=DAY)
    assert not Function.objects.exists()
    holder = actions.appoint_holder(
        by=None, organisation=goteborg, title="chef", from_day=DAY, described_as="tf chef"
    )
    with pytest.raises(ValidationError):
        actions.end_holding(by=None, holder=holder, to_day=date(2026, 3, 1))
    holder.refresh_from_db()
    assert holder.to_day is None


def test_a_user_is_made_with_the_email_in_small_letters() -> None:
    user = actions.create_user(
        by=None, email=" Asta@Exempel.se ", display_name="Asta", password="ett långt lösenord"
    )
    assert User.objects.get() == user
    assert (user.email, user.language) == ("asta@exempel.se", "sv")
    assert user.check_password("ett långt lösenord")
    assert journalled() == [("create_user", "people.user")]


def test_an_email_is_taken_once() -> None:
    UserFactory.create(email="asta@exempel.se")
    with pytest.raises(actions.EmailTakenError):
        actions.create_user(by=None, email="ASTA@exempel.se", display_name="Asta")


def test_an_email_that_is_none_is_refused() -> None:
    with pytest.raises(ValidationError) as error:
        actions.create_user(by=None, email="asta", display_name="")
    assert {"email", "display_name"} <= set(error.value.message_dict)


def test_a_role_given_holds_at_once_and_a_role_taken_holds_no_more(centrum: Centre) -> None:
    user = UserFactory.create()
    assert not may(user, Permission.EDIT_ACTIVITY, centrum)
    given = actions.give_role(by=None, user=user, role=Role.COORDINATOR, centre=centrum)
    assert may(user, Permission.EDIT_ACTIVITY, centrum)
    actions.take_role(by=None, assignment=given)
    assert not may(user, Permission.EDIT_ACTIVITY, centrum)
    assert [verb for verb, _ in journalled()] == ["give_role"] * 2 + ["take_role"] * 2


def test_a_role_given_twice_is_held_once(centrum: Centre) -> None:
    user = UserFactory.create()
    first = actions.give_role(by=None, user=user, role=Role.HOST, centre=centrum)
    assert actions.give_role(by=None, user=user, role=Role.HOST, centre=centrum) == first
    assert RoleAssignment.objects.count() == 1


@pytest.mark.parametrize("places", ["both", "none"])
def test_a_role_in_two_places_or_none_is_refused(places: str, centrum: Centre) -> None:
    with pytest.raises(ValidationError):
        actions.give_role(
            by=None,
            user=UserFactory.create(),
            role=Role.HOST,
            centre=centrum if places == "both" else None,
            organisation=centrum.organisation if places == "both" else None,
        )
    assert not JournalEntry.objects.exists()


def test_the_journal_names_no_person(operator: User) -> None:
    actions.create_user(by=operator, email="hemlig@exempel.se", display_name="Hemlighild")
    kept = str(list(JournalEntry.objects.values()))
    assert "hemlig" not in kept.lower()
