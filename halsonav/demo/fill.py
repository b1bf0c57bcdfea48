"""Fills the demo up to many occurrences, with variety as in life, for load work.

Titles are put together from what a centre offers, for whom and where; areas, themes and hours are
skewed: a few are common, many are rare. The same size gives the same content.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from halsonav.lib.recurrence import slots
from halsonav.lib.swedish_calendar import monday_of
from halsonav.lib.text import slug as slug_of
from halsonav.people import journal
from halsonav.people.models import Centre, Organisation
from halsonav.places.models import Area, Venue
from halsonav.programme import finder
from halsonav.programme.models import (
    Activity,
    ActivityState,
    ActivityText,
    Occurrence,
    OccurrenceStatus,
    Reason,
    TargetGroup,
    Theme,
    digest_of,
)

SEED: Final = 20_240_101
FEWEST_ACTIVITIES: Final = 2_200
MOST_ACTIVITIES: Final = 5_000
PER_ACTIVITY: Final = 45
BATCH: Final = 5_000
WEEKS_BACK: Final = 16
WEEKS_AHEAD: Final = 36


@dataclass(frozen=True)
class Offer:
    """Something that is offered: its words in sv, en, ar, its kind and what it serves."""

    words: tuple[str, str, str]
    kind: str
    purposes: tuple[str, ...]
    dimensions: tuple[str, ...]
    theme: str


@dataclass(frozen=True)
class Crowd:
    """For whom: words in sv, en, ar and the target group."""

    words: tuple[str, str, str]
    group: str


def _offer(sv: str, en: str, ar: str, kind: str, wants: str, of: str, theme: str) -> Offer:
    return Offer((sv, en, ar), kind, tuple(wants.split()), tuple(of.split()), theme)


OFFERS: Final = (
    _offer("Promenad", "Walk", "نزهة", "walk", "move meet", "physical social", "rorelse"),
    _offer("Stavgång", "Nordic walking", "مشي بالعصي", "walk", "move", "physical", "rorelse"),
    _offer("Lättgympa", "Easy gym", "جمباز خفيف", "exercise", "move meet", "physical social",
           "rorelse"),
    _offer("Stolgympa", "Chair exercise", "تمارين على الكرسي", "exercise", "move", "physical",
           "smarta"),
    _offer("Yoga", "Yoga", "يوغا", "exercise", "move unwind", "physical psychological",
           "stress-och-oro"),
    _offer("Vattengympa", "Water exercise", "تمارين في الماء", "exercise", "move", "physical",
           "smarta"),
    _offer("Sömnskola", "Sleep school", "مدرسة النوم", "course", "learn unwind", "psychological",
           "somn"),
    _offer("Stresskurs", "Stress course", "دورة عن التوتر", "course", "learn unwind",
           "psychological", "stress-och-oro"),
    _offer("Avspänning", "Relaxation", "استرخاء", "course", "unwind", "psychological",
           "utmattning"),
    _offer("Matlagning", "Cooking", "طبخ", "other", "create meet", "physical social", "mat"),
    _offer("Språkkafé", "Language café", "مقهى اللغة", "drop_in", "meet learn", "social",
           "ensamhet"),
    _offer("Samtalsgrupp", "Conversation group", "مجموعة حديث", "conversation_group", "talk meet",
           "existential social", "livets-stora-fragor"),
    _offer("Bokcirkel", "Book circle", "حلقة قراءة", "conversation_group", "meet create",
           "social existential", "ensamhet"),
    _offer("Sångstund", "Singing", "غناء", "drop_in", "create meet", "social psychological",
           "ensamhet"),
    _offer("Hantverk", "Crafts", "أشغال يدوية", "drop_in", "create meet", "social", "ensamhet"),
    _offer("Odling", "Gardening", "زراعة", "other", "create move", "physical social", "rorelse"),
    _offer("Föreläsning om sömn", "Lecture on sleep", "محاضرة عن النوم", "lecture", "learn",
           "psychological", "somn"),
    _offer("Föreläsning om mat", "Lecture on food", "محاضرة عن الطعام", "lecture", "learn",
           "physical", "mat"),
    _offer("Tandskola", "Dental school", "مدرسة الأسنان", "counselling", "learn", "physical",
           "tander-och-mun"),
    _offer("Sluta röka", "Quit smoking", "الإقلاع عن التدخين", "course", "learn",
           "physical psychological", "tobak-vejp-och-alkohol"),
    _offer("Mobilhjälp", "Phone help", "مساعدة في الهاتف", "counselling", "learn", "social",
           "digital-halsa"),
    _offer("Babymassage", "Baby massage", "تدليك الرضّع", "course", "unwind meet",
           "physical social", "att-vara-foralder"),
    _offer("Dans", "Dance", "رقص", "exercise", "move create", "physical social", "rorelse"),
    _offer("Boule", "Boules", "لعبة الكرات", "drop_in", "move meet", "physical social",
           "ensamhet"),
)  # fmt: skip
CROWDS: Final = (
    Crowd(("för alla", "for everyone", "للجميع"), "alla-vuxna"),
    Crowd(("för seniorer", "for older people", "لكبار السن"), "seniorer"),
    Crowd(("för unga vuxna", "for young adults", "للشباب"), "unga-vuxna"),
    Crowd(("för föräldralediga", "for parents on leave", "للوالدين في إجازة"), "foraldralediga"),
    Crowd(("för dig som är ny i Sverige", "for newcomers", "للقادمين الجدد"), "utrikes-fodda"),
    Crowd(("för arbetssökande", "for job seekers", "للباحثين عن عمل"), "arbetssokande"),
    Crowd(("för dig med värk", "for people in pain", "لمن يعانون من الألم"), "langvarig-smarta"),
    Crowd(("för studenter", "for students", "للطلاب"), "studenter"),
)
PLACES: Final = (
    ("biblioteket", "the library", "المكتبة", "library"),
    ("kulturhuset", "the culture house", "بيت الثقافة", "meeting_place"),
    ("parken", "the park", "الحديقة", "park"),
    ("församlingshemmet", "the parish hall", "قاعة الكنيسة", "church"),
    ("idrottshallen", "the sports hall", "الصالة الرياضية", "sports"),
    ("föreningshuset", "the association house", "بيت الجمعيات", "home_of_association"),
    ("mötesplatsen", "the meeting place", "مكان اللقاء", "meeting_place"),
    ("vårdcentralen", "the health centre", "المركز الصحي", "health_care_centre"),
)
ADDED: Final = ("", " i lugn takt", " på kvällen", " med kaffe", " utomhus", " i liten grupp")
ADDED_EN: Final = ("", " at a calm pace", " in the evening", " with coffee", " outdoors",
                   " in a small group")  # fmt: skip
ADDED_AR: Final = ("", " بوتيرة هادئة", " في المساء", " مع القهوة", " في الهواء الطلق",
                   " في مجموعة صغيرة")  # fmt: skip


def fill(size: int) -> int:
    """Add activities until there are `size` occurrences; return how many there are.

    100,000 take a couple of minutes, most of it for the finder's cards in three languages.
    """
    missing = size - Occurrence.objects.count()
    if missing > 0:
        _Filling(missing).write()
        finder.rebuild()
    return Occurrence.objects.count()


class _Filling:
    """What is made up, from one seed."""

    def __init__(self, missing: int) -> None:
        self.dice = random.Random(SEED)  # noqa: S311 (made-up content, no secrets)
        self.missing = missing
        wanted = missing // PER_ACTIVITY
        self.activities = min(MOST_ACTIVITIES, max(FEWEST_ACTIVITIES, wanted))
        self.times = -(-missing // self.activities)
        self.monday = monday_of(timezone.localdate())

    @transaction.atomic
    def write(self) -> None:
        """Write venues, activities, texts and occurrences in bulk, as one act."""
        venues = self._venues()
        activities = self._activities(venues)
        self._tie(activities)
        self._occurrences(activities)
        journal.record(by=None, verb="demo.fill", about=activities[0])

    def _venues(self) -> list[Venue]:
        areas = list(Area.objects.filter(kind="neighbourhood").order_by("slug"))
        made: list[Venue] = []
        for area in areas:
            for sv, en, ar, kind in PLACES:
                number = len(made) + 1
                name = f"{sv.capitalize()} i {area.name}"
                made.append(
                    Venue(
                        slug=f"fyll-{number}",
                        name=name,
                        names={"en": f"{en.capitalize()} in {_in(area, 'en')}",
                               "ar": f"{ar} في {_in(area, 'ar')}"},
                        folded_names=f"|{slug_of(name)}|",
                        kind=kind,
                        area=area,
                        lat=_near(self.dice, area.lat),
                        lon=_near(self.dice, area.lon),
                    )
                )  # fmt: skip
        return Venue.objects.bulk_create(made, batch_size=500)

    def _skewed(self, things: Sequence[Any], count: int) -> list[Any]:
        """Return picks in which the first are common and the last are rare (Zipf)."""
        weights = list(accumulate(1 / (place + 1) for place in range(len(things))))
        return self.dice.choices(things, cum_weights=weights, k=count)

    def _activities(self, venues: list[Venue]) -> list[Activity]:
        centres = {centre.organisation_id: centre for centre in Centre.objects.all()}
        listed = list(centres.values())
        seen: dict[str, int] = {}
        made = []
        offers = self._skewed(OFFERS, self.activities)
        crowds = self._skewed(CROWDS, self.activities)
        places = self._skewed(venues, self.activities)
        self.texts: list[tuple[tuple[str, str, str], Offer, Crowd, Venue]] = []
        for offer, crowd, venue in zip(offers, crowds, places, strict=True):
            extra = self.dice.randrange(len(ADDED))
            titles = _titles(offer, crowd, venue, extra)
            slug = slug_of(titles[0], 70)
            seen[slug] = seen.get(slug, 0) + 1
            made.append(
                Activity(
                    slug=f"{slug}-{seen[slug]}",
                    centre=self.dice.choice(listed),
                    state=ActivityState.PUBLISHED,
                    kind=offer.kind,
                    purposes=list(offer.purposes),
                    dimensions=list(offer.dimensions),
                    languages=self._languages(),
                    registration=self.dice.choice(("none", "none", "optional", "required")),
                    needs=self.dice.choice(([], [], ["pram"], ["sign_interpreted"])),
                    venue=venue,
                    title=_numbered(titles[0], seen[slug]),
                    summary=f"{titles[0]}. Kom som du är.",
                    description=f"Vi ses {crowd.words[0]}. Gör så mycket du vill.",
                    condition=self.dice.choice(("kom som du är", "ingen anmälan", "anmäl dig")),
                    steps=["Kom några minuter före.", "Följ skyltarna in.", "Gå när du vill."],
                    who="Föreningar och kommunen ordnar det här tillsammans.",
                )
            )
            self.texts.append((titles, offer, crowd, venue))
        return Activity.objects.bulk_create(made, batch_size=500)

    def _languages(self) -> list[str]:
        return self.dice.choices(
            (["sv"], ["sv", "en"], ["sv-easy"], ["sv", "ar"], ["sv", "so"]),
            weights=(50, 20, 15, 10, 5),
        )[0]

    def _tie(self, activities: list[Activity]) -> None:
        themes = dict(Theme.objects.values_list("slug", "pk"))
        groups = dict(TargetGroup.objects.values_list("slug", "pk"))
        organisers = list(Organisation.objects.order_by("pk").values_list("pk", flat=True))
        ties = list(zip(activities, self.texts, strict=True))
        _bulk(Activity.themes.through, [
            {"activity_id": one.pk, "theme_id": themes[offer.theme]}
            for one, (_, offer, _, _) in ties if offer.theme in themes])  # fmt: skip
        _bulk(Activity.groups.through, [
            {"activity_id": one.pk, "targetgroup_id": groups[crowd.group]}
            for one, (_, _, crowd, _) in ties if crowd.group in groups])  # fmt: skip
        _bulk(Activity.organisers.through, [
            {"activity_id": one.pk, "organisation_id": self.dice.choice(organisers)}
            for one in activities])  # fmt: skip
        ActivityText.objects.bulk_create(
            [text for one, (titles, *_rest) in ties for text in _translations(one, titles)],
            batch_size=1_000,
        )

    def _occurrences(self, activities: list[Activity]) -> None:
        first = self.monday - timedelta(weeks=WEEKS_BACK)
        days = (WEEKS_BACK + WEEKS_AHEAD) * 7
        made: list[Occurrence] = []
        for activity in activities:
            made += self._times(activity, first, days)
            if len(made) > BATCH:
                Occurrence.objects.bulk_create(made, batch_size=1_000)
                made = []
        Occurrence.objects.bulk_create(made, batch_size=1_000)

    def _times(self, activity: Activity, first: date, days: int) -> list[Occurrence]:
        times = min(self.times, self.missing, days)
        self.missing -= times
        chosen = sorted(self.dice.sample(range(days), times))
        hour = self.dice.choices(range(8, 20), weights=(2, 4, 9, 6, 5, 7, 8, 5, 3, 6, 5, 2))[0]
        start = time(hour, self.dice.choice((0, 0, 30)))
        end = time(hour + 1, start.minute)
        on = slots([first + timedelta(days=n) for n in chosen], start, end)
        return [self._occurrence(activity, slot.start, slot.end) for slot in on]

    def _occurrence(self, activity: Activity, start: datetime, end: datetime) -> Occurrence:
        cancelled = self.dice.random() < 0.004
        return Occurrence(
            activity=activity,
            slot=start,
            starts_at=start,
            ends_at=end,
            status=OccurrenceStatus.CANCELLED if cancelled else OccurrenceStatus.PLANNED,
            reason=Reason.LEADER_ILL if cancelled else "",
        )


def _titles(offer: Offer, crowd: Crowd, venue: Venue, extra: int) -> tuple[str, str, str]:
    area = venue.area
    sv, en, ar = offer.words
    for_sv, for_en, for_ar = crowd.words
    return (
        f"{sv}{ADDED[extra]} {for_sv} i {area.name}",
        f"{en}{ADDED_EN[extra]} {for_en} in {_in(area, 'en')}",
        f"{ar}{ADDED_AR[extra]} {for_ar} في {_in(area, 'ar')}",
    )


def _translations(activity: Activity, titles: tuple[str, str, str]) -> list[ActivityText]:
    fields: dict[str, tuple[Any, Any]] = {
        "title": (titles[1], titles[2]),
        "summary": (f"{titles[1]}. Come as you are.", f"{titles[2]}. تعال كما أنت."),
        "description": ("The leader shows, and you do as much as you like.",
                        "القائد يعرض، وأنت تفعل ما تستطيع."),
        "condition": ("come as you are", "تعال كما أنت"),
        "steps": (["Come a few minutes early.", "Follow the signs.", "Leave when you like."],
                  ["تعال قبل دقائق.", "اتبع اللافتات.", "غادر متى شئت."]),
        "who": ("Associations and the municipality run this together.",
                "تنظّمه الجمعيات والبلدية معًا."),
    }  # fmt: skip
    return [
        ActivityText(
            activity=activity,
            language=language,
            field=name,
            value=values[at],
            source_digest=digest_of(getattr(activity, name)),
        )
        for name, values in fields.items()
        for at, language in enumerate(("en", "ar"))
    ]


def _numbered(title: str, number: int) -> str:
    return title if number == 1 else f"{title}, grupp {number}"


def _in(area: Area, language: str) -> str:
    return str(area.names.get(language, area.name))


def _near(dice: random.Random, degree: float | None) -> float | None:
    return None if degree is None else round(degree + dice.uniform(-0.006, 0.006), 5)


def _bulk(through: Any, rows: list[dict[str, int]]) -> None:
    through.objects.bulk_create([through(**row) for row in rows], batch_size=2_000)
