"""What a restored backup brought back is ended again by its numbers."""

import pytest

from halsonav.commands import main
from halsonav.people.models import JournalEntry, RoleAssignment, User

pytestmark = pytest.mark.django_db


def test_accounts_and_roles_are_ended_and_others_stay(
    host: User, coordinator: User, operator: User, capsys: pytest.CaptureFixture[str]
) -> None:
    role = RoleAssignment.objects.get(user=coordinator)
    assert main(["end-returned", "--account", str(host.pk), "--role", str(role.pk)]) == 0
    assert "roller som togs bort: 1, konton som stängdes: 1." in capsys.readouterr().out
    host.refresh_from_db()
    assert not host.is_active
    assert not RoleAssignment.objects.filter(user=coordinator).exists()
    assert RoleAssignment.objects.filter(user=operator).exists()
    verbs = set(JournalEntry.objects.filter(actor_kind="system").values_list("verb", flat=True))
    assert {"take_role", "close_account"} <= verbs


def test_what_is_not_there_and_the_last_operator_are_told(
    operator: User, capsys: pytest.CaptureFixture[str]
) -> None:
    role = RoleAssignment.objects.get(user=operator)
    words = ["end-returned", "--account", str(operator.pk), "--role", str(role.pk)]
    assert main([*words, "--role", "999999"]) == 1
    told = capsys.readouterr().err
    assert f"Roll {role.pk}: Ge rollen driftansvarig till någon annan först." in told
    assert f"Konto {operator.pk}: " in told
    assert "måste vara kvar: 3." in told
    operator.refresh_from_db()
    assert operator.is_active
