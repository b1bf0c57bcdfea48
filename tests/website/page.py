"""Reads a page as a visitor meets it: its language, what stands in words, where one can go."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

EMPTY = frozenset(
    ("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "use", "path")
)
UNSEEN = frozenset(("script", "style", "template"))
SPOKEN = ("aria-label", "alt", "title", "placeholder", "data-done", "data-failed")


@dataclass
class Page:
    """What a page says in its own language, and its links.

    `words` holds each text and spoken attribute; what is marked as another language is in
    `foreign`. `languages` are the links of the language row by code.
    """

    language: str = ""
    direction: str = ""
    title: str = ""
    words: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    languages: dict[str, str] = field(default_factory=dict)
    alternates: dict[str, str] = field(default_factory=dict)


def read(html: str) -> Page:
    """Return the page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open, f"left open: {reader.open}"
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.page.language, self.page.direction = given["lang"], given["dir"]
        language = given.get("lang") or (self.open[-1][1] if self.open else "")
        if tag not in EMPTY:
            self.open.append((tag, language))
        self._note_words(given, language)
        self._note_links(tag, given)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in EMPTY:
            return
        unclosed = ("li", "p", "option", "dt", "dd")
        while self.open and self.open[-1][0] != tag and self.open[-1][0] in unclosed:
            self.open.pop()
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1][0] == tag, f"</{tag}> closes <{self.open[-1][0]}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if not text or not self.open or self.open[-1][0] in UNSEEN:
            return
        if self.open[-1][0] == "title" and not self.page.title:
            self.page.title = text
        self._note(text, self.open[-1][1])

    def _note_words(self, given: dict[str, str], language: str) -> None:
        said = [given[name] for name in SPOKEN if given.get(name)]
        if given.get("name") == "description":
            said.append(given["content"])
        for words in said:
            self._note(words, language)

    def _note(self, words: str, language: str) -> None:
        own = language == self.page.language
        (self.page.words if own else self.page.foreign).append(words)

    def _note_links(self, tag: str, given: dict[str, str]) -> None:
        href = given.get("href", "")
        if tag == "link" and given.get("rel") == "alternate" and "hreflang" in given:
            self.page.alternates[given["hreflang"]] = href
        if tag == "a" and "hreflang" in given:
            self.page.languages[given["hreflang"]] = href
        elif tag == "a" and href:
            self.page.links.append(href)
