"""The pages about organisations, centres and functions."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from halsonav.people.models import (
    Centre,
    Function,
    FunctionHolder,
    JournalEntry,
    Organisation,
    Role,
    User,
)
from tests.factories.people import (
    CentreFactory,
    FunctionFactory,
    FunctionHolderFactory,
    OrganisationFactory,
    user_with,
)
from tests.people.asking import NASTY, bare, readings, shown_in, signed_in

pytestmark = pytest.mark.django_db
TREE = "/arbete/installningar/organisationer/"


@pytest.fixture
def chief(goteborg: Organisation) -> User:
    """Return somebody who looks after a whole organisation."""
    return user_with(Role.CENTRE_MANAGER, organisation=goteborg, name="Chefen")


@pytest.fixture
def post(goteborg: Organisation) -> Function:
    return FunctionFactory.create(organisation=goteborg, title="Utvecklingsledare")


def pages(organisation: Organisation, centre: Centre, function: Function) -> list[str]:
    return [
        *(reverse(f"people:{name}", args=[organisation.slug]) for name in
          ("organisation", "change_organisation", "close_organisation", "add_function",
           "new_centre")),
        *(reverse(f"people:{name}", args=[centre.slug]) for name in ("centre", "close_centre")),
        *(reverse(f"people:{name}", args=[function.pk]) for name in
          ("function", "rename_function", "appoint", "close_function")),
    ]  # fmt: skip


def organisation_form(**other: Any) -> dict[str, Any]:
    return {"name": "Stadsdelen", "kind": "administration", "parent": "", **other}


def centre_form(centre: Centre | None = None, **other: Any) -> dict[str, Any]:
    return {"name": centre.name if centre else "Nytt", "languages": ["sv"], **other}


def test_the_tree_shows_what_one_looks_after_under_what_stands_above(
    chief: User, centrum: Centre, ostersund: Organisation, goteborg: Organisation
) -> None:
    OrganisationFactory.create(name="Socialförvaltningen", parent=goteborg)
    page = signed_in(chief).get(TREE).text
    assert page.index("Göteborgs Stad") < page.index("Hälsolots Centrum")
    assert "Socialförvaltningen" in page
    assert "Östersund" not in page


def test_who_manages_a_centre_alone_sees_where_it_lies_and_changes_the_centre(
    manager: User, centrum: Centre, goteborg: Organisation
) -> None:
    client = signed_in(manager)
    page = client.get(TREE).text
    assert "Göteborgs Stad" in page
    assert reverse("people:organisation", args=[goteborg.slug]) not in page
    assert reverse("people:centre", args=[centrum.slug]) in page
    assert client.get(reverse("people:organisation", args=[goteborg.slug])).status_code == 404


def test_what_one_does_not_look_after_and_what_is_not_there_are_answered_alike(
    chief: User, torvalla: Centre, ostersund: Organisation
) -> None:
    client = signed_in(chief)
    theirs = pages(ostersund, torvalla, FunctionFactory.create(organisation=ostersund))
    nobodys = pages(
        Organisation(slug="finns-inte"), Centre(slug="finns-inte"), Function(pk=987_654_321)
    )
    for other, missing in zip(theirs, nobodys, strict=True):
        first, second = client.get(other), client.get(missing)
        assert first.status_code == second.status_code == 404, other
        assert bare(first, other) == bare(second, missing)


def test_the_wrong_role_is_refused_and_wrong_methods_too(
    host: User, chief: User, goteborg: Organisation, centrum: Centre, post: Function
) -> None:
    for path in (TREE, reverse("people:new_organisation"), *pages(goteborg, centrum, post)):
        assert signed_in(host).get(path).status_code == 403, path
        assert signed_in(chief).get(path).status_code == 200, path
        assert signed_in(chief).delete(path).status_code == 405, path
        assert Client().get(path).status_code == 302, path
    for path in (TREE, reverse("people:organisation", args=[goteborg.slug])):
        assert signed_in(chief).post(path).status_code == 405


def test_an_organisation_is_made_changed_and_moved(chief: User, goteborg: Organisation) -> None:
    client = signed_in(chief)
    sent = organisation_form(parent=str(goteborg.pk), name_en="The district")
    client.post(reverse("people:new_organisation"), sent)
    made = Organisation.objects.get(name="Stadsdelen")
    assert (made.slug, made.parent, made.names) == ("stadsdelen", goteborg, {"en": "The district"})
    other = OrganisationFactory.create(name="Enheten", parent=goteborg)
    path = reverse("people:change_organisation", args=[made.slug])
    answer = client.post(
        path, sent | {"name": "Stadsområdet", "parent": str(other.pk)}, follow=True
    )
    assert "Ändringarna är sparade." in answer.text
    made.refresh_from_db()
    assert (made.name, made.parent) == ("Stadsområdet", other)
    told = JournalEntry.objects.get(verb="change_organisation")
    assert told.fields == ["name"]


def test_two_of_the_same_name_get_addresses_of_their_own(
    operator: User, goteborg: Organisation
) -> None:
    client = signed_in(operator)
    for _ in range(2):
        client.post(reverse("people:new_organisation"), organisation_form(name="Ny", parent="0"))
    made = Organisation.objects.filter(name="Ny").order_by("pk")
    assert list(made.values_list("slug", flat=True)) == ["ny-2", "ny-3"]


def test_a_circle_is_refused_in_words_and_nothing_typed_is_lost(
    chief: User, goteborg: Organisation
) -> None:
    below = OrganisationFactory.create(name="Enheten", parent=goteborg)
    path = reverse("people:change_organisation", args=[goteborg.slug])
    sent = organisation_form(name="Nytt namn", kind="municipality", parent=str(below.pk))
    answer = signed_in(chief).post(path, sent)
    assert "En organisation kan inte ligga under sig själv." in answer.text
    assert "Nytt namn" in answer.text
    goteborg.refresh_from_db()
    assert goteborg.name == "Göteborgs Stad"


def test_nobody_puts_an_organisation_where_they_look_after_nothing(
    chief: User, goteborg: Organisation, ostersund: Organisation
) -> None:
    for parent in ("0", str(ostersund.pk)):
        answer = signed_in(chief).post(
            reverse("people:new_organisation"), organisation_form(parent=parent)
        )
        assert "Välj vilken organisation den hör till." in answer.text


def test_codes_are_checked_at_their_fields(operator: User) -> None:
    sent = organisation_form(parent="0", municipality_code="12", organisation_number="212000-1356")
    answer = signed_in(operator).post(reverse("people:new_organisation"), sent)
    assert "Kommunkoden är fyra siffror" in answer.text
    assert "Organisationsnumret stämmer inte" in answer.text


def test_what_something_depends_on_is_not_taken_away_and_it_is_said_what(
    chief: User, centrum: Centre, goteborg: Organisation, post: Function
) -> None:
    client = signed_in(chief)
    path = reverse("people:close_organisation", args=[goteborg.slug])
    answer = client.post(path, follow=True)
    assert "Först behöver du flytta eller avsluta: funktioner, roller, verksamheter." in answer.text
    centre = client.post(reverse("people:close_centre", args=[centrum.slug]), follow=True)
    assert "Borttagen." in centre.text, "nobody works there and nothing is held there"
    held = FunctionHolderFactory.create(function=post)
    answer = client.post(reverse("people:close_function", args=[post.pk]), follow=True)
    assert "innehavare" in answer.text
    held.delete()
    client.post(reverse("people:close_function", args=[post.pk]))
    assert not Function.objects.filter(pk=post.pk).exists()


def test_a_centre_is_opened_and_changed_in_each_language(
    chief: User, goteborg: Organisation, centrum: Centre
) -> None:
    client = signed_in(chief)
    client.post(reverse("people:new_centre", args=[goteborg.slug]), centre_form())
    assert Centre.objects.get(name="Nytt").organisation == goteborg
    path = reverse("people:centre", args=[centrum.slug])
    sent = centre_form(
        centrum, languages=["sv", "so"], phone="031-390 06 12", talk_sv="Ring", talk_ar="اتصل",
        names_en="Health", email="lots@exempel.se", about_sv="Ett.\r\n\r\nTvå.",
    )  # fmt: skip
    assert "syns på webbplatsen" in client.post(path, sent, follow=True).text
    centrum.refresh_from_db()
    assert centrum.languages == ["sv", "so"]
    assert centrum.talk == {"sv": "Ring", "ar": "اتصل"}
    assert centrum.about == {"sv": "Ett.\n\nTvå."}
    assert centrum.names == {"en": "Health"}
    assert 'value="031-390 06 12"' in client.get(path).text


def test_a_language_that_the_form_does_not_show_is_kept(chief: User, centrum: Centre) -> None:
    centrum.talk = {"so": "Soo wac", "sv": "Ring"}
    centrum.save()
    path = reverse("people:centre", args=[centrum.slug])
    signed_in(chief).post(path, centre_form(centrum, talk_sv="Hör av dig"))
    centrum.refresh_from_db()
    assert centrum.talk == {"so": "Soo wac", "sv": "Hör av dig"}


def test_a_function_is_made_renamed_held_and_vacant_again(
    chief: User, goteborg: Organisation, coordinator: User
) -> None:
    client = signed_in(chief)
    new = reverse("people:add_function", args=[goteborg.slug])
    page = client.post(new, {"title": "Strateg"}, follow=True)
    assert "Vakant" in page.text
    assert "finns redan" in client.post(new, {"title": "Strateg"}).text
    post = Function.objects.get(title="Strateg")
    client.post(reverse("people:rename_function", args=[post.pk]), {"title": "Folkhälsostrateg"})
    today = timezone.localdate()
    sent = {"email": coordinator.email.upper(), "from_day": today.isoformat()}
    page = client.post(reverse("people:appoint", args=[post.pk]), sent, follow=True)
    assert "Samordnaren" in page.text
    assert "Vakant" not in page.text
    held = FunctionHolder.objects.get(function=post)
    assert (held.user, held.from_day) == (coordinator, today)
    end = reverse("people:end_holding", args=[post.pk, held.pk])
    too_early = (today - timedelta(days=1)).isoformat()
    assert "kan inte vara före den första" in client.post(end, {"to_day": too_early}).text
    client.post(end, {"to_day": today.isoformat()})
    held.refresh_from_db()
    assert held.to_day == today


def test_holders_are_shown_with_one_line_and_protected_ones_by_number(
    chief: User, post: Function, coordinator: User, host: User
) -> None:
    host.is_protected = True
    host.save()
    for user in (coordinator, host):
        FunctionHolderFactory.create(function=post, user=user)
    client = signed_in(chief)
    paths = [
        reverse("people:function", args=[post.pk]),
        reverse("people:organisation", args=[post.organisation.slug]),
    ]
    for path in paths:
        page = client.get(path).text
        assert "Samordnaren" in page
        assert "Värden" not in page
        assert f"Skyddad person {host.pk}" in page
        client.head(path)
    lines = readings(chief)
    assert [shown_in(line) for line in lines] == [{coordinator.pk, host.pk}] * 4
    assert [line.why for line in lines[::2]] == ["people:function", "people:organisation"]


def test_a_post_that_nobody_holds_is_no_reading(chief: User, post: Function) -> None:
    signed_in(chief).get(reverse("people:function", args=[post.pk]))
    signed_in(chief).get(reverse("people:organisation", args=[post.organisation.slug]))
    assert not readings()


def test_nobody_is_found_by_an_address_that_one_may_not_know(
    chief: User, post: Function, outsider: User, host: User
) -> None:
    path = reverse("people:appoint", args=[post.pk])
    user_with(Role.HOST, centre=CentreFactory.create(), name="Annan")
    for email in (outsider.email, "ingen@exempel.se"):
        sent = {"email": email, "from_day": "2026-01-01"}
        answer = signed_in(chief).post(path, sent)
        assert "Du hanterar ingen person med den adressen." in answer.text
        assert email in answer.text
    assert not FunctionHolder.objects.exists()


def test_neither_and_both_are_refused(chief: User, post: Function, coordinator: User) -> None:
    path = reverse("people:appoint", args=[post.pk])
    for sent in ({}, {"email": coordinator.email, "described_as": "vikarie"}):
        answer = signed_in(chief).post(path, {"from_day": "2026-01-01", **sent})
        assert "Skriv antingen en e-postadress eller en roll." in answer.text


def test_bad_input_never_breaks_a_form(
    chief: User, goteborg: Organisation, centrum: Centre, post: Function
) -> None:
    client = signed_in(chief)
    held = FunctionHolderFactory.create(function=post)
    forms = [
        *pages(goteborg, centrum, post),
        reverse("people:new_organisation"),
        reverse("people:end_holding", args=[post.pk, held.pk]),
    ]
    fields = ("name", "kind", "parent", "municipality_code", "organisation_number", "name_en",
              "data_contact", "officer_contact",
              "languages", "phone", "email", "talk_ar", "about_sv", "title", "described_as",
              "from_day", "to_day")  # fmt: skip
    for path in forms:
        if "ta-bort" in path:
            continue
        for value in NASTY:
            answer = client.post(path, dict.fromkeys(fields, value))
            assert answer.status_code in (200, 302, 400, 405), (path, value[:20])
            assert "<script>alert" not in answer.text
    assert client.get(f"{reverse('people:new_organisation')}?under={'9' * 30}").status_code == 200
    assert client.get(reverse("people:function", args=[2**63])).status_code == 404


def test_the_tree_and_an_organisation_take_as_many_queries_however_large(
    chief: User, goteborg: Organisation, post: Function, coordinator: User
) -> None:
    FunctionHolderFactory.create(function=post, user=coordinator)
    client = signed_in(chief)
    paths = [TREE, reverse("people:organisation", args=[goteborg.slug])]
    for path in paths:
        client.get(path)
    few = [_queries(client, path) for path in paths]
    for _ in range(4):
        below = OrganisationFactory.create(parent=goteborg)
        CentreFactory.create(organisation=below)
        FunctionHolderFactory.create(function__organisation=goteborg)
    assert [_queries(client, path) for path in paths] == few


def _queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)
