"""What a word is made of: base forms, all its forms, and the parts of a Swedish compound.

Swedish is read with the hunspell dictionary (npm package `dictionary-sv`, LGPL-3.0, installed at
set-up and not shipped with us), because a stemmer does not find "promenad" by "promenader" and
knows no compounds. Other languages are stemmed with Snowball where it has them, else left whole.
The dictionary takes about a second and 100 MB to read, so it is read on first use only; what it
says about a word is meant to be kept by the caller.
"""

import re
import warnings
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import snowballstemmer
from spylls.hunspell.dictionary import Dictionary

from halsonav.lib.swedish_families import family_of
from halsonav.lib.text import fold

SWEDISH_DICTIONARY = Path(__file__).parents[2] / "node_modules" / "dictionary-sv" / "index"
KNOWN_WORDS = Path(__file__).parents[2] / "build" / "words" / "sv.npy"
LONGEST_WORD: Final = 60
"""Longer than that, nobody has meant a word."""
SHORTEST_PART = 3
LONG_UNKNOWN: Final = 7
"""Shorter words that the dictionary does not know are names more often than nouns."""
_NOUN_ENDS: Final = ("en", "et", "n", "ar", "arna", "er", "erna", "or", "orna")
_LONG_WORD = re.compile(r"[^\W\d_]{12,}")
_SNOWBALL = {"en": "english", "ar": "arabic", "fi": "finnish", "es": "spanish", "ru": "russian"}

STOP_WORDS: dict[str, frozenset[str]] = {
    "sv": frozenset(
        "jag du vi ni han hon den det de mig dig oss er min mitt mina din ditt dina sin sitt sina"
        " en ett och eller men att som i på till för med av om från hos vid kring är var vara bli"
        " blir har ha kan vill ska skulle får göra gör något någon några alla allt mycket lite mer"
        " när där här vad hur finns nära så inte utan också bara man hej tack gratis aktivitet"
        " aktiviteter tror håller känner mår blir bli bliva går gått gå kommer letar söker behöver"
        " tycker"
        " brukar börja börjat jobbet dagarna folk inget ingen ingenting hemma hela väldigt"
        " jättemycket lätt enkelt gillar orkar alldeles just nu igen precis snart då hit dit ju"
        " nog väl också ens aldrig alltid ofta redan".split()
    ),
    "en": frozenset(
        "i you we he she it they me us my your our his her their a an the and or but to in on at"
        " for with of from by near is are be am was have has had can want would like do does some"
        " any all more how what when where there here not just free activity activities something"
        " so too very about am i'm im help get go going find need looking feel feeling new someone"
        " people really t s m re ve ll don just now already yet".split()
    ),
    "ar": frozenset(
        "انا أنا انت أنت هو هي نحن في من الى إلى على عن مع او أو و ان أن اريد أريد ما هل هذا هذه"
        " شيء كيف متى اين أين عند لي لك كل بعض مجاني مجانية نشاط أنشطة لا ليس لم لن أنا اشعر أشعر"
        " مش مو راح عم بدي كتير يلي هون ما بس"
        " أستطيع استطيع أحتاج احتاج أبحث ابحث أود اود كثيرا جدا هناك".split()
    ),
}


class Facts(NamedTuple):
    """What is known of one word.

    own: folded keys under which the word itself is found (base forms or stem).
    parts: folded keys of the parts, when it is a compound.
    forms: ways of writing that mean the same word, in lower case with their marks.
    """

    own: frozenset[str]
    parts: frozenset[str]
    forms: frozenset[str]


@dataclass
class _Swedish:
    """The hunspell dictionary turned about, so that a form leads to its stems."""

    stems: dict[str, frozenset[str]] = field(default_factory=dict)
    endings: dict[str, list[Any]] = field(default_factory=dict)
    rules: dict[str, list[Any]] = field(default_factory=dict)
    begin: str = ""
    middle: str = ""
    end: str = ""
    hidden: frozenset[str] = frozenset()

    def read(self, path: Path) -> "_Swedish":
        """Fill from `path` (without .aff and .dic)."""
        with warnings.catch_warnings():  # the reader leaves its two files to be closed for it
            warnings.simplefilter("ignore", ResourceWarning)
            made: Any = Dictionary.from_files(str(path))
        flags: dict[str, set[str]] = defaultdict(set)
        for word in made.dic.words:
            flags[word.stem.lower()] |= word.flags
        self.stems = {stem: frozenset(found) for stem, found in flags.items()}
        self.rules = dict(made.aff.SFX)
        endings: dict[str, list[Any]] = defaultdict(list)
        for rules in self.rules.values():
            for rule in rules:
                endings[rule.add].append(rule)
        self.endings = dict(endings)
        aff = made.aff
        self.begin, self.middle, self.end = aff.COMPOUNDBEGIN, aff.COMPOUNDMIDDLE, aff.COMPOUNDEND
        self.hidden = frozenset(flag for flag in (aff.FORBIDDENWORD, aff.ONLYINCOMPOUND) if flag)
        return self

    def _undone(self, word: str) -> Iterator[tuple[str, Any]]:
        """Yield every stem that a suffix rule could have made the word from, with its rule."""
        for length in range(min(7, len(word) - 1) + 1):
            for rule in self.endings.get(word[len(word) - length :], ()):
                stem = word[: len(word) - length] + rule.strip
                if rule.flag in self.stems.get(stem, ()) and rule.cond_regexp.search(stem):
                    yield stem, rule

    def bases(self, word: str) -> set[str]:
        """Return the stems of which the word is a form, itself included if it is one."""
        found = {
            stem
            for stem, rule in self._undone(word)
            if not self.hidden & rule.flags and not self.hidden & self.stems[stem]
        }
        if word in self.stems and not self.hidden & self.stems[word]:
            found.add(word)
        return found

    def _modifiers(self, part: str) -> set[str]:
        """Return the stems of a part that may stand first or in the middle of a compound."""
        joints = {self.begin, self.middle}
        found = {stem for stem, rule in self._undone(part) if joints & rule.flags}
        if joints & self.stems.get(part, frozenset()):
            found.add(part)
        if found and part.endswith("s") and part[:-1] in self.stems:
            found.add(part[:-1])  # "samtals" is of "samtal" as well as of "samtala"
        return found

    def _heads(self, part: str) -> set[str]:
        return {stem for stem in self.bases(part) if self.end in self.stems[stem]}

    def split(self, word: str, depth: int = 3) -> Iterator[tuple[set[str], ...]]:
        """Yield the ways to read the word as a compound: a set of stems for each part."""
        for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            first = self._modifiers(word[:cut])
            if not first:
                continue
            rest = word[cut:]
            if heads := self._heads(rest):
                yield (first, heads)
            if depth > 1:
                yield from ((first, *tail) for tail in self.split(rest, depth - 1))

    def loose_split(self, word: str) -> Iterator[tuple[set[str], ...]]:
        """Yield readings as two known words that the dictionary's own rules do not join."""
        for cut in range(SHORTEST_PART, len(word) - 3):
            first = self.bases(word[:cut]) or self._modifiers(word[:cut])
            heads = {stem for stem in self.bases(word[cut:]) if len(stem) > SHORTEST_PART}
            if first and heads:
                yield first, heads

    def tail(self, word: str) -> tuple[str, set[str]] | None:
        """Return (what stands before, stems) of the longest known ending of an unknown word."""
        for cut in range(SHORTEST_PART, len(word) - 3):
            if heads := self._heads(word[cut:]):
                return word[:cut], heads
        return None

    def forms(self, stem: str) -> set[str]:
        """Return the forms that the dictionary's suffix rules make of a stem."""
        flags = self.stems.get(stem, frozenset())
        return {
            stem[: len(stem) - len(rule.strip)] + rule.add
            for flag in flags & self.rules.keys()
            for rule in self.rules[flag]
            if rule.cond_regexp.search(stem)
            and not self.hidden & rule.flags
            and self.begin not in rule.flags
        }


class KnownWords:
    """Whether a word is Swedish, told from a few megabytes that processes share.

    The file holds the sorted 32-bit hashes of every form that the dictionary makes, so about one
    misspelling in 4,000 passes for a word.
    """

    def __init__(self, path: Path = KNOWN_WORDS) -> None:
        """Map the file; without one no word is known."""
        empty = np.zeros(0, dtype=np.uint32)
        self.hashes = np.load(path, mmap_mode="r") if path.exists() else empty

    def __contains__(self, word: str) -> bool:
        return self._has(fold(word))

    def _has(self, folded: str) -> bool:
        wanted = np.uint32(zlib.crc32(folded.encode()))
        at = int(np.searchsorted(self.hashes, wanted))
        return at < len(self.hashes) and bool(self.hashes[at] == wanted)

    def has_compound(self, word: str) -> bool:
        """Whether the word can be read as two Swedish words, with a joint "s" or none."""
        folded = fold(word)
        return len(folded) <= LONGEST_WORD and any(
            self._has(folded[cut:])
            and (self._has(folded[:cut]) or self._has(folded[:cut].rstrip("s")))
            for cut in range(SHORTEST_PART, len(folded) - SHORTEST_PART)
        )


@cache
def known_words() -> KnownWords:
    """Return the known Swedish words, mapped once a process."""
    return KnownWords()


def write_known_words(path: Path = KNOWN_WORDS) -> int:
    """Write the file that `KnownWords` reads; return how many forms it holds (some seconds)."""
    dictionary = _swedish()
    forms = set(dictionary.stems)
    for stem_ in dictionary.stems:
        forms |= dictionary.forms(stem_)
    hashes = np.unique(
        np.fromiter((zlib.crc32(fold(form).encode()) for form in forms), dtype=np.uint32)
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    np.save(path, hashes)
    return len(hashes)


@cache
def _swedish() -> _Swedish:
    return _Swedish().read(SWEDISH_DICTIONARY)


@cache
def _stemmer(language: str) -> Any:
    name = _SNOWBALL.get(language)
    return snowballstemmer.stemmer(name) if name else None


def is_stop_word(word: str, language: str) -> bool:
    """Return whether the word says nothing of what is looked for."""
    return word.lower() in STOP_WORDS.get(language, ())


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """Return the folded Snowball stem, or the folded word where there is no stemmer."""
    stemmer = _stemmer(language)
    whole = fold(word)
    if language == "ar":
        return _stem_arabic(whole, stemmer)
    return str(stemmer.stemWord(whole)) if stemmer else whole


def _stem_arabic(word: str, stemmer: Any) -> str:
    """Take the article off first, and then what the stemmer leaves of "my" and the plural."""
    bare = str(stemmer.stemWord(_without_article(word)))
    if len(bare) > 4 and bare.endswith("ي"):  # "my": the stemmer keeps it on some nouns
        bare = bare[:-1]
    return bare[:-1] if len(bare) > 3 and bare.endswith("ا") else bare


_WHOLE = frozenset(("والدين", "والدي", "والدة", "الم", "الام", "الله"))
"""Folded Arabic words that begin like an article but have none."""


def _without_article(word: str) -> str:
    if word in _WHOLE:
        return word
    for article in ("وال", "بال", "كال", "فال", "لل", "ال"):
        if word.startswith(article) and len(word) - len(article) >= 3:
            return word[len(article) :]
    return word


_ARABIC_ENDS: Final = tuple(
    "هما كما تنا تها تهم تكم ني نا ها هم كم تي ات ون ين ان يه وا ه ي ك ت ا".split()
)
_ARABIC_BEGINNINGS: Final = tuple("وال بال فال كال لل ال و ب ل ف س ه".split())
_SWEDISH_MADE: Final = (
    (("andets", "andet", "andes", "ande"), ("a",)),
    (("ningarna", "ningens", "ningen", "ningar", "nings", "ning"), ("a", "na")),
    (("ingarna", "ingens", "ingen", "ingar", "ings", "ing"), ("a",)),
    (("arnas", "arens", "arna", "aren", "ares", "are"), ("a",)),
    (("heterna", "hetens", "heten", "heter", "hets", "het"), ("",)),
)
"""Endings that make a noun, and what stands in their place in the word that it was made from."""
_BRITISH: Final = (("or", "our"), ("our", "or"), ("ize", "ise"), ("ise", "ize"), ("er", "re"))


def related(word: str, language: str) -> Iterator[str]:
    """Yield folded words that a word may come from, for when nobody has the word itself.

    Swedish: what is done, who does it and how one is ("läsandet", "vandrare", "trygghet").
    English: the swimmer swims. Arabic: what everyday speech puts before a word, and whose it is.
    """
    whole = fold(word)
    if language == "sv":
        yield from _related_swedish(whole)
    elif language == "en":
        yield from _related_english(whole)
    elif language == "ar":
        yield from _related_arabic(whole)


def _related_swedish(word: str) -> Iterator[str]:
    for ends, others in _SWEDISH_MADE:
        for end in ends:
            if word.endswith(end) and len(word) - len(end) >= 3:
                yield from (word.removesuffix(end) + other for other in others)


def _related_english(word: str) -> Iterator[str]:
    single = word.removesuffix("s")
    if single.endswith(("er", "or")) and len(single) > 5:
        verb = single[:-2]
        yield from (verb, verb + "e")
        if verb[-1] == verb[-2]:
            yield verb[:-1]
    for end, other in _BRITISH:
        if single.endswith(end):
            yield single.removesuffix(end) + other


def _related_arabic(word: str) -> Iterator[str]:
    bare = {word} | {
        word[len(start) :]
        for start in _ARABIC_BEGINNINGS
        if word.startswith(start) and len(word) - len(start) >= 3
    }
    for one in bare:
        yield one
        for end in _ARABIC_ENDS:
            if one.endswith(end) and len(one) - len(end) >= 3:
                yield from (one[: -len(end)], one[: -len(end)] + "ه")


def analyse(word: str, language: str) -> Facts:
    """Return what is known of a word of a text in a language.

    Swedish costs some tens of microseconds a word, and a second the first time.
    """
    word = word.lower()
    if language != "sv" or word.isdigit():
        return Facts(frozenset({stem(word, language)}), frozenset(), frozenset({word}))
    return _analyse_swedish(word)


@lru_cache(maxsize=20_000)
def soft_hyphens(text: str) -> str:
    """Return Swedish text with soft hyphens between the parts of long compounds."""
    return _LONG_WORD.sub(lambda found: _hyphened(found.group()), text)


def _hyphened(word: str) -> str:
    """Put a soft hyphen where the compound's parts meet; of several cuts the most even one."""
    dictionary = _swedish()
    small = word.lower()
    cuts = [
        cut
        for cut in range(4, len(word) - 3)
        if dictionary._modifiers(small[:cut]) and dictionary._heads(small[cut:])
    ]
    if not cuts:
        cuts = [cut for cut in range(4, len(word) - 4) if dictionary._heads(small[cut:])]
    if not cuts:
        return word
    cut = min(cuts, key=lambda at: abs(at - len(word) / 2))
    return f"{word[:cut]}\u00ad{word[cut:]}"


def _analyse_swedish(word: str) -> Facts:
    dictionary = _swedish()
    bases = dictionary.bases(word)
    parts, tails = _parts(dictionary, word, known=bool(bases))
    forms = {word} | {form for base in bases for form in dictionary.forms(base)}
    forms |= {form for base in bases for form in _nouns_of(dictionary, base)}
    forms |= {before + form for before, base in tails for form in dictionary.forms(base)}
    forms |= {before + base for before, base in tails}
    own = {fold(base) for base in bases} | {fold(before + base) for before, base in tails}
    own.add(fold(word))
    if not bases and not tails and len(word) >= LONG_UNKNOWN:
        forms |= _guessed_forms(word)
    for one in bases | {word}:
        firsts, members = family_of(one)
        own |= {fold(first) for first in firsts}
        forms |= members
    parts |= {first for part in tuple(parts) for first in family_of(part)[0]}
    parts |= {verb for base in bases | {word} for verb in _verbs_behind(dictionary, base)}
    keys = frozenset(fold(part) for part in parts) - own
    return Facts(frozenset(own), keys, frozenset(forms))


def _guessed_forms(word: str) -> set[str]:
    """Return the forms that a noun would have which the dictionary does not know."""
    bases = {word} | {word.removesuffix(end) for end in _NOUN_ENDS if word.endswith(end)}
    return {base + end for base in bases for end in ("", "s", *_NOUN_ENDS)}


def _nouns_of(dictionary: _Swedish, verb: str) -> set[str]:
    """Return the forms of the noun that is made of a verb: "rökningen" of "röka"."""
    noun = verb.removesuffix("a") + "ning"
    return dictionary.forms(noun) | {noun} if noun in dictionary.stems else set()


def _verbs_behind(dictionary: _Swedish, noun: str) -> Iterator[str]:
    """Yield the verb that a noun is made of: "rökning" of "röka", "vandring" of "vandra"."""
    for ending in ("ning", "ing", "ande", "else"):
        verb = noun.removesuffix(ending) + "a"
        if noun.endswith(ending) and len(verb) > SHORTEST_PART and verb in dictionary.stems:
            yield verb


def _parts(
    dictionary: _Swedish, word: str, *, known: bool
) -> tuple[set[str], set[tuple[str, str]]]:
    """Return the stems of the parts, and (what stands before, stem) of the last part."""
    ways = list(dictionary.split(word)) if len(word) > 2 * SHORTEST_PART else []
    if not ways:
        ways = list(dictionary.loose_split(word))
    if not ways:
        tail = None if known else dictionary.tail(word)
        if not tail:
            return set(), set()
        before, heads = tail
        return {before.rstrip("s-"), *heads}, {(before, head) for head in heads}
    fewest = min(len(way) for way in ways)
    best = [way for way in ways if len(way) == fewest]
    parts = {stem for way in best for stems in way for stem in stems}
    for part in tuple(parts):
        inner = list(dictionary.split(part)) if len(part) > 2 * SHORTEST_PART else []
        parts |= {stem for way in inner[:2] for stems in way for stem in stems}
    heads = {head for way in best for head in way[-1]}
    return parts, {(_before(word, head), head) for head in heads} - {("", "")}


def _before(word: str, head: str) -> str:
    """Return what stands before the head in the word, by the head's first letters."""
    for length in range(len(head), 2, -1):
        at = word.rfind(head[:length])
        if at > 0:
            return word[:at]
    return ""
