"""What this room, and the libraries that it signs people in with, keep about people."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from halsonav.people.actions import erase_closed
from halsonav.people.register import Entry, Who, declare, nothing_about_people
from halsonav.people.retention import ACCOUNT, PASSING, SAFETY_LOG, Handling, Kept, Rule

TASK: Final = _("Det behövs för att kommunen eller regionen ska kunna driva verksamheten.")
SAFETY: Final = _("Vi är skyldiga att skydda uppgifterna och att kunna visa att vi gör det.")
SELF_AND_MANAGERS: Final = _("Du själv, och de som hanterar personer där du har en roll.")
SELF: Final = _("Du själv.")
BARE_NUMBERS: Final = _("Där står bara ett nummer på den som sa ja, som i journalen.")
NOBODY: Final = _("Ingen. Systemet räknar och jämför, men visar det inte.")

_ENTRIES: Final = (
    Entry(
        model="people.User",
        called=_("konton"),
        fields=(
            "email", "display_name", "language", "is_active", "is_protected", "joined_at",
            "closed_at", "last_login",
        ),
        who=Who.STAFF,
        purpose=_("För att du ska kunna logga in, och för att andra ska se vem du är."),
        ground=TASK,
        seen_by=SELF_AND_MANAGERS,
        until=_("Tills kontot har varit stängt i ett år, eller tidigare om du ber om det."),
        person="pk",
        rule=Rule(
            name="people.closed_account",
            since="closed_at",
            kept=Kept(years=1),
            reference=ACCOUNT,
            verb=erase_closed,
            second_person=True,
        ),
    ),
    Entry(
        model="people.User",
        called=_("konton"),
        fields=("password",),
        who=Who.STAFF,
        purpose=_("För att bara du ska kunna logga in. Lösenordet går inte att läsa ut."),
        ground=SAFETY,
        seen_by=NOBODY,
        until=_("Tills du byter det eller kontot tas bort."),
        person="pk",
        goes_with="people.User",
    ),
    Entry(
        model="people.Session",
        called=_("inloggningar"),
        fields=("user", "started_at", "seen_at", "device", "session_data", "expire_date"),
        who=Who.STAFF,
        purpose=_("För att hålla dig inloggad, och för att du ska se var du är det."),
        ground=SAFETY,
        seen_by=SELF_AND_MANAGERS,
        until=_("Tills inloggningen tar slut, senast efter två veckor."),
        person="user",
        rule=Rule(
            name="people.session_over",
            since="expire_date",
            kept=Kept(),
            reference=SAFETY_LOG,
            handling=Handling.LAPSED,
            guarded=False,
        ),
    ),
    Entry(
        model="mfa.Authenticator",
        called=_("nycklar och appar för inloggning"),
        fields=("user", "type", "data", "created_at", "last_used_at"),
        who=Who.STAFF,
        purpose=_("För att du ska kunna logga in i två steg. Hemligheterna är krypterade."),
        ground=SAFETY,
        seen_by=SELF,
        until=_("Tills du tar bort nyckeln eller appen."),
        person="user",
        goes_with="people.User",
    ),
    Entry(
        model="account.EmailAddress",
        called=_("e-postadresser"),
        fields=("user", "email", "verified", "primary"),
        who=Who.STAFF,
        purpose=_("För att skicka dig en länk när du vill ha ett nytt lösenord."),
        ground=TASK,
        seen_by=SELF,
        until=_("Tills kontot tas bort."),
        person="user",
        goes_with="people.User",
    ),
    Entry(
        model="account.EmailConfirmation",
        called=_("länkar till ett nytt lösenord"),
        fields=("email_address", "created", "sent", "key"),
        who=Who.STAFF,
        purpose=_("För att skicka dig en länk när du vill ha ett nytt lösenord."),
        ground=TASK,
        seen_by=NOBODY,
        until=_("Tills länken har använts eller blivit för gammal."),
        person="email_address__user",
        rule=Rule(
            name="account.link_too_old",
            since="created",
            kept=Kept(days=3),
            reference=SAFETY_LOG,
            handling=Handling.LAPSED,
            guarded=False,
        ),
    ),
    Entry(
        model="people.RoleAssignment",
        called=_("roller"),
        fields=("user", "role", "centre", "organisation", "origin"),
        who=Who.STAFF,
        purpose=_("För att du bara ska komma åt det du behöver i ditt arbete."),
        ground=SAFETY,
        seen_by=SELF_AND_MANAGERS,
        until=_("Tills rollen tas ifrån dig."),
        person="user",
        goes_with="people.User",
    ),
    Entry(
        model="socialaccount.SocialAccount",
        called=_("inloggning genom din organisation"),
        fields=("user", "provider", "uid", "last_login", "date_joined", "extra_data"),
        who=Who.STAFF,
        purpose=_("För att du ska kunna logga in med din organisations inloggning."),
        ground=TASK,
        seen_by=SELF,
        until=_("Tills du tar bort kopplingen eller kontot tas bort."),
        person="user",
        goes_with="people.User",
    ),
    Entry(
        model="people.Invitation",
        called=_("inbjudningar"),
        fields=(
            "email", "display_name", "role", "centre", "organisation", "language", "invited_by",
            "token_hash", "created_at", "expires_at", "accepted_at", "withdrawn_at",
        ),
        who=Who.CONTACT,
        purpose=_("För att bjuda in dig att arbeta här."),
        ground=TASK,
        seen_by=_("De som hanterar personer där du är inbjuden."),
        until=_("Trettio dagar efter att länken har slutat gälla."),
        address="email",
        rule=Rule(
            name="people.invitation_over",
            since="expires_at",
            kept=Kept(days=30),
            reference=PASSING,
        ),
    ),
    Entry(
        model="people.FactorReset",
        called=_("hjälp med inloggningen"),
        fields=("user", "asked_by", "asked_at", "decided_by", "decided_at", "outcome"),
        who=Who.STAFF,
        purpose=_("För att två personer ska kunna hjälpa dig när du har tappat ditt andra steg."),
        ground=SAFETY,
        seen_by=SELF_AND_MANAGERS,
        until=_("I trettio dagar."),
        person="user",
        rule=Rule(
            name="people.factor_reset_old",
            since="asked_at",
            kept=Kept(days=30),
            reference=SAFETY_LOG,
        ),
    ),
    Entry(
        model="people.FunctionHolder",
        called=_("funktioner"),
        fields=("function", "user", "described_as", "from_day", "to_day"),
        who=Who.STAFF,
        purpose=_("För att det ska synas vem som svarar för vad."),
        ground=TASK,
        seen_by=SELF_AND_MANAGERS,
        until=_("Tills funktionen tas bort."),
        person="user",
        goes_with="people.User",
    ),
    Entry(
        model="people.JournalEntry",
        called=_("rader i journalen"),
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
        ids_only=True,
        no_rule=_("Den går inte att ändra, och säger bara vem, vad och när, med nummer."),
    ),
    Entry(
        model="people.Attempt",
        called=_("försök att logga in"),
        fields=("kind", "key", "about", "at"),
        who=Who.STAFF,
        purpose=_("För att ingen ska kunna gissa sig in. Bara omräknade tal sparas."),
        ground=SAFETY,
        seen_by=NOBODY,
        until=_("I ett dygn."),
        rule=Rule(
            name="people.attempt_old",
            since="at",
            kept=Kept(days=1),
            reference=SAFETY_LOG,
            handling=Handling.LAPSED,
            guarded=False,
        ),
    ),
    Entry(
        model="people.ForgettingRun",
        called=_("svar om gallring"),
        fields=("asked_by", "decided_at"),
        who=Who.STAFF,
        purpose=_("För att se i efterhand vem som sa ja till en gallring."),
        ground=SAFETY,
        seen_by=_("De som sköter driften."),
        until=_("Tas inte bort: den visar vad som har gallrats, aldrig om vem."),
        person="asked_by",
        ids_only=True,
        no_rule=BARE_NUMBERS,
    ),
    Entry(
        model="people.ForgettingRun",
        called=_("svar om gallring"),
        fields=("approved_by",),
        who=Who.STAFF,
        purpose=_("För att se i efterhand vem som sa ja till en gallring."),
        ground=SAFETY,
        seen_by=_("De som sköter driften."),
        until=_("Tas inte bort: den visar vad som har gallrats, aldrig om vem."),
        person="approved_by",
        ids_only=True,
        no_rule=BARE_NUMBERS,
    ),
    Entry(
        model="people.Tombstone",
        called=_("raderingar"),
        fields=("kind", "hash", "at"),
        who=Who.CONTACT,
        purpose=_("För att den som har raderats inte ska komma tillbaka ur en kopia."),
        ground=SAFETY,
        seen_by=NOBODY,
        until=_("Så länge det finns säkerhetskopior. Där står bara ett omräknat tal."),
        no_rule=_("Systemet vet inte hur länge det finns gamla kopior att läsa in."),
    ),
)  # fmt: skip
_NOTHING: Final = (
    "auth.Permission", "auth.Group", "contenttypes.ContentType", "people.Organisation",
    "people.Centre", "people.Function", "people.RolePolicy", "people.GroupMapping",
    "people.ClockReading", "people.JournalHead", "socialaccount.SocialApp",
    "socialaccount.SocialToken", "jobs.ScheduledRun", "jobs.FailedJob",
    "django_tasks_database.DBTaskResult",
)  # fmt: skip


def register() -> None:
    """Put it all in the register."""
    declare(*_ENTRIES)
    others = ("rule", "at", "as_of", "counted", "total", "ids_hash", "first_day", "last_day")
    nothing_about_people("people.ForgettingRun", (*others, "hold", "needs", "state"))
    for model in _NOTHING:
        nothing_about_people(model)
