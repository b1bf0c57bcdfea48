"""What the catalogue shows: every component in its group, with an example in each language.

An example is `templates/design/examples/<name>.html`; its words come from `words(language)` as `w`,
so that right-to-left is seen with real letters.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from halsonav.design.panels import Link, Row

ROOM = Path(__file__).resolve().parent
COMPONENTS = ROOM / "templates" / "cotton"
EXAMPLES = ROOM / "templates" / "design" / "examples"

GROUPS = (
    (_("Grund"), ("logo", "icon", "petals", "button")),
    (_("Ram"), ("language_row", "header", "footer", "crumb")),
    (_("Sök"), ("sentence", "choice", "search_field", "near")),
    (_("Filter och vyer"), ("chips", "chip", "filters", "filter_group", "views", "result_bar", "pager")),
    (_("Tavla"), ("day_heading", "departure_row", "status", "empty", "week_day", "map")),
    (_("Aktivitet"), ("occasion", "tools", "tool", "facts", "fact", "steps", "dates")),
    (_("Rutor och listor"), ("notice", "panel", "contact", "theme_list")),
    (_("Formulär"), ("field", "error_summary")),
)
TOKENS = (
    "paper raised sunk ink ink2 spruce spruce-wash hero hero-line rowan rowan-wash lingon lingon-wash"
    " moss lake straw heather"
).split()


@dataclass(frozen=True)
class Item:
    """One component as the catalogue shows it: name, example's template and the example's source."""

    name: str
    template: str
    source: str


def groups() -> list[tuple[str, list[Item]]]:
    """Return the groups in order with their components."""
    return [(str(title), [_item(name) for name in names]) for title, names in GROUPS]


def _item(name: str) -> Item:
    source = (EXAMPLES / f"{name}.html").read_text(encoding="utf-8").strip()
    return Item(name, f"design/examples/{name}.html", source)


def icon_names() -> list[str]:
    """Return the names of the icons in the sprite."""
    sprite = (ROOM / "templates" / "design" / "_sprite.html").read_text(encoding="utf-8")
    return [part.split('"')[0] for part in sprite.split('<symbol id="i-')[1:]]


class ExampleForm(forms.Form):
    """A form with one of each kind of field."""

    name = forms.CharField(label=_("Förnamn"), max_length=60)
    email = forms.EmailField(
        label=_("E-post"), help_text=_("Vi skriver bara om den här aktiviteten."), required=False
    )
    reach = forms.ChoiceField(
        label=_("Hur vill du få svar?"),
        choices=[("mail", _("Med e-post")), ("phone", _("Med ett samtal"))],
        widget=forms.RadioSelect,
    )
    place = forms.ChoiceField(label=_("Var?"), choices=[("", _("Välj")), ("a", "Annedal")])
    text = forms.CharField(label=_("Vad vill du fråga om?"), widget=forms.Textarea)
    agree = forms.BooleanField(label=_("Jag har läst hur ni sparar mina uppgifter"))


def forms_shown() -> dict[str, Any]:
    """Return a fresh form and one that was sent with faults."""
    wrong = ExampleForm({"name": "Amina", "email": "amina", "agree": ""}, auto_id="wrong_%s")
    wrong.is_valid()
    return {"form": ExampleForm(), "wrong": wrong}


def words(language: str) -> dict[str, Any]:
    """Return the examples' words and lists in Swedish, or in Arabic for `ar`."""
    return _arabic() if language == "ar" else _swedish()


def _option(label: str, count: int, on: bool = False) -> dict[str, Any]:
    return {"label": label, "count": count, "href": "#", "on": on}


def _choices(*labels: str) -> list[dict[str, Any]]:
    return [{"value": label, "label": label, "chosen": at == 0} for at, label in enumerate(labels)]


def _swedish() -> dict[str, Any]:
    return {
        "lead": "Gratis aktiviteter nära dig. Du behöver inget konto och ingen remiss.",
        "what": _choices("göra något tillsammans", "röra på mig", "lära mig något", "slappna av"),
        "where": _choices("hela staden", "Annedal", "Gårda"),
        "when": _choices("den här veckan", "i dag", "i morgon", "i helgen"),
        "show": "Visa 34 aktiviteter",
        "own_words": "Skriv egna ord i stället",
        "question": "Vad vill du göra?",
        "near": "Nära mig",
        "filter": "Filter",
        "all_filters": "Alla filter",
        "week": "Den här veckan",
        "today": "I dag",
        "today_date": "tisdag 28 april",
        "tomorrow": "I morgon",
        "tomorrow_date": "onsdag 29 april",
        "red": "Röd dag, allt är stängt",
        "pram": "Barnvagnspromenad",
        "pram_line": "Gröna Vallen · Centrum · ingen anmälan",
        "pram_lead": "Vi går en lugn runda med barnvagn och avslutar med fika i gräset. En ledare från "
        "rehab visar enkla rörelser för kroppen efter graviditeten.",
        "dance": "Dansa utan krav",
        "dance_line": "Ungdomsmottagningen Centrum · 16–25 år",
        "calm": "Mindfulnesspromenad",
        "calm_line": "Botaniska trädgården, stora entrén",
        "talk": "Samtalsgrupp om livets stora frågor",
        "talk_line": "Annedals bibliotek · liten grupp · anmäl dig",
        "cancelled": "Inställt i dag",
        "cancelled_short": "Inställt",
        "reason": "Ledaren är sjuk. Nästa gång: tisdag 5 maj kl. 17.00.",
        "moved": "Flyttat till kl. 15.00",
        "moved_short": "Ny plats",
        "few": "Få platser: 2 kvar",
        "two_languages": "svenska, arabiska",
        "body_social": "Fysisk och social hälsa",
        "mind": "Psykisk, social och existentiell hälsa",
        "access": [{"icon": "pram", "text": "Barnvagn"}, {"icon": "wheelchair", "text": "Rullstol"}],
        "chips": [("I dag", 4), ("Ingen anmälan", 19), ("Lätt svenska", 12)],
        "when_options": [
            _option("I dag", 4),
            _option("I morgon", 6),
            _option("Den här veckan", 34, on=True),
            _option("Kväll, efter kl. 17", 9),
        ],
        "where_options": [_option("Annedal", 6), _option("Centrum", 14), _option("Gårda", 5)],
        "views": [
            {"label": "Lista", "href": "#", "current": True},
            {"label": "Vecka", "href": "#"},
            {"label": "Karta", "href": "#"},
        ],
        "activities": "aktiviteter vecka 18.",
        "all_free": "Alla är gratis.",
        "later": "Senare aktiviteter",
        "earlier": "Tidigare",
        "shown": "Du ser 20 av 34.",
        "crumbs": [{"href": "#", "label": "Hitta aktiviteter"}],
        "next": "Nästa gång",
        "next_day": "I dag, tisdag 28 april",
        "place": "Gröna Vallen",
        "place_note": "vid lekplatsen",
        "on_map": "Visa på karta",
        "come": "Kom som du är. Du behöver inte anmäla dig.",
        "to_calendar": "Lägg i min kalender",
        "tools": "Dela och spara",
        "travel": "Res hit: Gröna Vallen",
        "travel_note": "3 minuter från hållplatsen",
        "share": "Dela med en vän",
        "copied": "Adressen är kopierad",
        "poster": "Skriv ut affisch",
        "facts_title": "Bra att veta",
        "facts": [
            {
                "icon": "pram",
                "title": "För dig med små barn",
                "text": "Alla föräldrar är välkomna. En gång i månaden bara för ensamstående mammor.",
            },
            {"icon": "language", "title": "Svenska och arabiska", "text": "Ledaren talar båda."},
            {
                "icon": "wheelchair",
                "title": "Vägen är jämn och hård",
                "text": "Går bra med rullstol och rullator.",
            },
            {
                "icon": "toilet",
                "title": "Toalett med skötbord",
                "text": "I kaféet, 80 meter från start. Anpassad för rullstol.",
            },
        ],
        "fact": {"icon": "umbrella", "title": "Regnar det?", "text": "Vi går ändå."},
        "steps_title": "Så gör du",
        "steps": [
            "Kom till lekplatsen på Gröna Vallen kl. 10.00. Leta efter den gröna flaggan.",
            "Vi går tillsammans i ungefär en timme. Du kan vända när du vill.",
            "Blir du sen? Ring ledaren, 070-174 06 10.",
        ],
        "dates_title": "Fler datum",
        "dates": [
            {"day": "Tisdag 5 maj", "time": "10.00–11.30"},
            {
                "day": "Tisdag 12 maj",
                "time": "10.00–11.30",
                "kind": "cancelled",
                "status": "Inställt",
                "note": "Ledaren är på utbildning.",
            },
            {
                "day": "Tisdag 19 maj",
                "time": "10.00–11.30",
                "kind": "moved",
                "status": "Ny plats",
                "note": "Vi ses vid Botaniska trädgårdens stora entré.",
            },
        ],
        "week_name": "Tisdag",
        "week_items": [
            {"href": "#", "title": "Barnvagnspromenad", "start": "10.00", "place": "Gröna Vallen",
             "of": "physical social"},
            {"href": "#", "title": "Dansa utan krav", "start": "17.00",
             "place": "Ungdomsmottagningen", "of": "physical", "kind": "cancelled",
             "status": "Inställt"},
        ],
        "first_of_may": "Första maj",
        "closed": "Röd dag. Allt är stängt.",
        "nothing": "Vi hittade inget i Gårda i kväll",
        "nearest": "Här är det närmaste: 3 aktiviteter i Annedal.",
        "see_nearest": "Visa 3 aktiviteter i Annedal",
        "map_label": "Aktiviteter på karta",
        "areas": [
            {"name": "Annedal", "count": 6, "href": "#", "path": "M10 10H190V150L120 190H10Z"},
            {"name": "Centrum", "count": 14, "href": "#", "current": True,
             "path": "M190 10H390V120L300 190H120L190 150Z"},
            {"name": "Gårda", "count": 0, "href": "#", "path": "M10 190H300L390 120V290H10Z"},
        ],
        "points": [{"x": 250, "y": 90, "name": "Gröna Vallen"}],
        "notice_title": "Vill du prata med någon?",
        "notice": "Ring en hälsolots: 031-390 06 10.",
        "warn": "Vi har flyttat till Annedals bibliotek fram till 15 maj.",
        "bad": "Hörsalen är bokad två gånger onsdag 29 april kl. 12.00–13.00.",
        "contact_text": "En hälsolots lyssnar och hjälper dig att hitta rätt. Gratis, och du väljer "
        "språk.",
        "phone": "031-390 06 10",
        "hours": "Måndag–torsdag 9–16",
        "write": "Skriv till oss",
        "themes": [
            {"label": "Sömn", "href": "#", "of": "psychological", "count": 3},
            {"label": "Stress och oro", "href": "#", "of": "psychological existential", "count": 5},
            {"label": "Tobak, vejp och alkohol", "href": "#", "of": "physical", "count": 2},
        ],
        "rows": [
            Row("Försenat", "Följ upp Blå 14", "#", "skulle ske 24 april", late=True),
            Row("12.00", "Rörelse i det gröna", "#", "Gröna Vallen · du leder"),
        ],
        "todo": "Att göra",
        "all_todo": Link("#", "Visa alla 9"),
        "join": "Anmäl mig",
        "call": "Ring mig",
        "not_now": "Inte nu",
        "own_field": "Postnummer",
        "own_hint": "Fem siffror, som 412 51.",
        "own_error": "Postnumret är för kort. Det har fem siffror.",
    }


def _arabic() -> dict[str, Any]:
    return _swedish() | {
        "lead": "أنشطة مجانية بالقرب منك. لا تحتاج إلى حساب ولا إلى إحالة.",
        "what": _choices("القيام بشيء مع الآخرين", "الحركة", "التعلّم"),
        "where": _choices("كل المدينة", "أنيدال"),
        "when": _choices("هذا الأسبوع", "اليوم", "غدًا"),
        "show": "اعرض 34 نشاطًا",
        "own_words": "اكتب بكلماتك",
        "question": "ماذا تريد أن تفعل؟",
        "near": "بالقرب مني",
        "filter": "المرشحات",
        "all_filters": "كل المرشحات",
        "week": "هذا الأسبوع",
        "today": "اليوم",
        "today_date": "الثلاثاء 28 أبريل",
        "tomorrow": "غدًا",
        "tomorrow_date": "الأربعاء 29 أبريل",
        "red": "يوم عطلة، كل شيء مغلق",
        "pram": "نزهة مع عربات الأطفال",
        "pram_line": "غرونا فالن · سنتروم · بدون تسجيل",
        "pram_lead": "نمشي معًا جولة هادئة مع عربات الأطفال، ثم نجلس على العشب ونشرب القهوة.",
        "dance": "رقص بلا شروط",
        "dance_line": "عيادة الشباب سنتروم · من 16 إلى 25 سنة",
        "calm": "نزهة الهدوء والانتباه",
        "calm_line": "الحديقة النباتية، المدخل الكبير",
        "talk": "مجموعة حديث عن أسئلة الحياة",
        "talk_line": "مكتبة أنيدال · مجموعة صغيرة · سجّل اسمك",
        "cancelled": "أُلغي اليوم",
        "cancelled_short": "أُلغي",
        "reason": "المدرّب مريض. الموعد التالي: الثلاثاء 5 مايو الساعة 17.00.",
        "moved": "نُقل إلى الساعة 15.00",
        "moved_short": "مكان جديد",
        "few": "أماكن قليلة: بقي 2",
        "two_languages": "السويدية والعربية",
        "body_social": "الصحة الجسدية والاجتماعية",
        "mind": "الصحة النفسية والاجتماعية والوجودية",
        "access": [{"icon": "pram", "text": "عربة أطفال"}, {"icon": "wheelchair", "text": "كرسي متحرك"}],
        "chips": [("اليوم", 4), ("بدون تسجيل", 19), ("سويدية سهلة", 12)],
        "when_options": [
            _option("اليوم", 4),
            _option("غدًا", 6),
            _option("هذا الأسبوع", 34, on=True),
        ],
        "where_options": [_option("أنيدال", 6), _option("سنتروم", 14)],
        "views": [
            {"label": "قائمة", "href": "#", "current": True},
            {"label": "أسبوع", "href": "#"},
            {"label": "خريطة", "href": "#"},
        ],
        "activities": "نشاطًا في الأسبوع 18.",
        "all_free": "كلها مجانية.",
        "later": "أنشطة لاحقة",
        "earlier": "السابق",
        "shown": "ترى 20 من 34.",
        "crumbs": [{"href": "#", "label": "ابحث عن أنشطة"}],
        "next": "الموعد التالي",
        "next_day": "اليوم، الثلاثاء 28 أبريل",
        "place": "غرونا فالن",
        "place_note": "عند الملعب",
        "on_map": "اعرض على الخريطة",
        "come": "تعال كما أنت. لا تحتاج إلى التسجيل.",
        "to_calendar": "أضف إلى تقويمي",
        "tools": "شارك واحفظ",
        "travel": "الوصول: غرونا فالن",
        "travel_note": "3 دقائق من الموقف",
        "share": "شارك مع صديق",
        "copied": "نُسخ العنوان",
        "poster": "اطبع الملصق",
        "facts_title": "معلومات مفيدة",
        "facts": [
            {"icon": "pram", "title": "لمن لديه أطفال صغار", "text": "كل الآباء والأمهات أهلًا بهم."},
            {"icon": "language", "title": "السويدية والعربية", "text": "المدرّبة تتكلم اللغتين."},
            {"icon": "wheelchair", "title": "الطريق مستوٍ وصلب", "text": "مناسب للكرسي المتحرك."},
        ],
        "fact": {"icon": "umbrella", "title": "هل تمطر؟", "text": "نمشي رغم ذلك."},
        "steps_title": "ماذا تفعل",
        "steps": [
            "تعال إلى الملعب في غرونا فالن الساعة 10.00. ابحث عن العلم الأخضر.",
            "نمشي معًا حوالي ساعة. يمكنك الرجوع متى شئت.",
        ],
        "dates_title": "مواعيد أخرى",
        "dates": [
            {"day": "الثلاثاء 5 مايو", "time": "10.00 حتى 11.30"},
            {"day": "الثلاثاء 12 مايو", "time": "10.00 حتى 11.30", "kind": "cancelled",
             "status": "أُلغي", "note": "المدرّبة في تدريب."},
        ],
        "week_name": "الثلاثاء",
        "week_items": [
            {"href": "#", "title": "نزهة مع عربات الأطفال", "start": "10.00",
             "place": "غرونا فالن", "of": "physical social"},
        ],
        "first_of_may": "الأول من مايو",
        "closed": "يوم عطلة. كل شيء مغلق.",
        "nothing": "لم نجد شيئًا في غوردا هذا المساء",
        "nearest": "هذا هو الأقرب: 3 أنشطة في أنيدال.",
        "see_nearest": "اعرض 3 أنشطة في أنيدال",
        "map_label": "الأنشطة على الخريطة",
        "notice_title": "هل تريد التحدث مع أحد؟",
        "warn": "انتقلنا إلى مكتبة أنيدال حتى 15 مايو.",
        "bad": "القاعة محجوزة مرتين يوم الأربعاء 29 أبريل.",
        "contact_text": "مرشد صحي يستمع إليك ويساعدك. مجانًا، وأنت تختار اللغة.",
        "hours": "من الاثنين إلى الخميس، 9 حتى 16",
        "write": "اكتب إلينا",
        "themes": [
            {"label": "النوم", "href": "#", "of": "psychological", "count": 3},
            {"label": "التوتر والقلق", "href": "#", "of": "psychological existential", "count": 5},
        ],
        "todo": "للقيام به",
        "join": "سجّلني",
        "call": "اتصلوا بي",
        "not_now": "ليس الآن",
        "own_field": "الرمز البريدي",
        "own_hint": "خمسة أرقام، مثل 412 51.",
        "own_error": "الرمز البريدي قصير. فيه خمسة أرقام.",
    }
