"""What this room, and the libraries that it signs people in with, keep about people."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from halsonav.people.register import Entry, Who, declare, nothing_about_people

TASK: Final = _("Det behövs för att kommunen eller regionen ska kunna driva verksamheten.")
SAFETY: Final = _("Vi är skyldiga att skydda uppgifterna och att kunna visa att vi gör det.")
SELF_AND_MANAGERS: Final = _("Du själv, och de som hanterar personer där du har en roll.")
SELF: Final = _("Du själv.")
NOBODY: Final = _("Ingen. Systemet räknar och jämför, men visar det inte.")

_ENTRIES: Final = (
    Entry(
        model="people.User",
        fields=(
            "email", "display_name", "language", "is_active", "is_protected", "joined_at",
            "last_login",
        ),
        who=Who.STAFF,
        purpose=_("För att du ska kunna logga in, och för att andra ska se vem du är."),
        ground=TASK,
        seen_by=SELF_AND_MANAGERS,
        until=_("Tills kontot tas bort."),
        person="pk",
    ),
    Entry(
        model="people.User",
        fields=("password",),
        who=Who.STAFF,
        purpose=_("För att bara du ska kunna logga in. Lösenordet går inte att läsa ut."),
        ground=SAFETY,
        seen_by=NOBODY,
        until=_("Tills du byter det eller kontot tas bort."),
        person="pk",
    ),
    Entry(
        model="people.Session",
        fields=("user", "started_at", "seen_at", "device", "session_data", "expire_date"),
        who=Who.STAFF,
        purpose=_("För att hålla dig inloggad, och för att du ska se var du är det."),
        ground=SAFETY,
        seen_by=SELF_AND_MANAGERS,
        until=_("Tills inloggningen tar slut, senast efter två veckor."),
        person="user",
    ),
    Entry(
        model="mfa.Authenticator",
        fields=("user", "type", "data", "created_at", "last_used_at"),
        who=Who.STAFF,
        purpose=_("För att du ska kunna logga in i två steg. Hemligheterna är krypterade."),
        ground=SAFETY,
        seen_by=SELF,
        until=_("Tills du tar bort nyckeln eller appen."),
        person="user",
    ),
    Entry(
        model="account.EmailAddress",
        fields=("user", "email", "verified", "primary"),
        who=Who.STAFF,
        purpose=_("För att skicka dig en länk när du vill ha ett nytt lösenord."),
        ground=TASK,
        seen_by=SELF,
        until=_("Tills kontot tas bort."),
        person="user",
    ),
    Entry(
        model="account.EmailConfirmation",
        fields=("email_address", "created", "sent", "key"),
        who=Who.STAFF,
        purpose=_("För att skicka dig en länk när du vill ha ett nytt lösenord."),
        ground=TASK,
        seen_by=NOBODY,
        until=_("Tills länken har använts eller blivit för gammal."),
        person="email_address__user",
    ),
    Entry(
        model="people.RoleAssignment",
        fields=("user", "role", "centre", "organisation", "origin"),
        who=Who.STAFF,
        purpose=_("För att du bara ska komma åt det du behöver i ditt arbete."),
        ground=SAFETY,
        seen_by=SELF_AND_MANAGERS,
        until=_("Tills rollen tas ifrån dig."),
        person="user",
    ),
    Entry(
        model="socialaccount.SocialAccount",
        fields=("user", "provider", "uid", "last_login", "date_joined", "extra_data"),
        who=Who.STAFF,
        purpose=_("För att du ska kunna logga in med din organisations inloggning."),
        ground=TASK,
        seen_by=SELF,
        until=_("Tills du tar bort kopplingen eller kontot tas bort."),
        person="user",
    ),
    Entry(
        model="people.Invitation",
        fields=(
            "email", "display_name", "role", "centre", "organisation", "language", "invited_by",
            "token_hash", "created_at", "expires_at", "accepted_at", "withdrawn_at",
        ),
        who=Who.CONTACT,
        purpose=_("För att bjuda in dig att arbeta här."),
        ground=TASK,
        seen_by=_("De som hanterar personer där du är inbjuden."),
        until=_("Trettio dagar efter att du har svarat eller länken slutat gälla."),
    ),
    Entry(
        model="people.FactorReset",
        fields=("user", "asked_by", "asked_at", "decided_by", "decided_at", "outcome"),
        who=Who.STAFF,
        purpose=_("För att två personer ska kunna hjälpa dig när du har tappat ditt andra steg."),
        ground=SAFETY,
        seen_by=SELF_AND_MANAGERS,
        until=_("I trettio dagar."),
        person="user",
    ),
    Entry(
        model="people.FunctionHolder",
        fields=("function", "user", "described_as", "from_day", "to_day"),
        who=Who.STAFF,
        purpose=_("För att det ska synas vem som svarar för vad."),
        ground=TASK,
        seen_by=SELF_AND_MANAGERS,
        until=_("Tills funktionen tas bort."),
        person="user",
    ),
    Entry(
        model="people.JournalEntry",
        fields=(
            "number", "at", "actor_id", "actor_kind", "verb", "about_type", "about_id", "fields",
            "why", "shown", "address_hash", "previous_hash", "hash",
        ),
        who=Who.STAFF,
        purpose=_("För att se i efterhand vem som har gjort vad. Inga namn står där."),
        ground=SAFETY,
        seen_by=_("De som sköter driften."),
        until=_("Tas inte bort: en journal som går att ändra visar inget."),
        person="actor_id",
    ),
    Entry(
        model="people.Attempt",
        fields=("kind", "key", "about", "at"),
        who=Who.STAFF,
        purpose=_("För att ingen ska kunna gissa sig in. Bara omräknade tal sparas."),
        ground=SAFETY,
        seen_by=NOBODY,
        until=_("I ett dygn."),
    ),
)  # fmt: skip
_NOTHING: Final = (
    "auth.Permission", "auth.Group", "contenttypes.ContentType", "people.Organisation",
    "people.Centre", "people.Function", "people.RolePolicy", "people.GroupMapping",
    "people.JournalHead", "socialaccount.SocialApp", "socialaccount.SocialToken",
    "jobs.ScheduledRun", "jobs.FailedJob", "django_tasks_database.DBTaskResult",
)  # fmt: skip


def register() -> None:
    """Put it all in the register."""
    declare(*_ENTRIES)
    for model in _NOTHING:
        nothing_about_people(model)
