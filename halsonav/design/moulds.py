"""Moulds: a template is run once for each shape of what it shows, and then only filled.

Templates are where markup lives, and running them is what a page costs most. So a page is rendered
with a mark in place of each of its words; the result is a mould, kept for all pages of the same
shape: the same structure, the same conditions, other words. To fill it is one formatting.

What a template may do with a word is to print it, and to ask whether there is one. Whatever it
compares, measures or filters is part of the shape: give it as a bool, a number or a `Fixed` string.
`tests/website/test_moulds.py` sees that filled pages are what the templates say.
"""

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from html import escape
from itertools import count
from types import SimpleNamespace
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST_MOULDS: Final = 600
_MARK: Final = re.compile("\ufdda(\\d+)\ufddb")
_WORD: Final = "word"


class Fixed(str):
    """A string that a template compares or changes: part of the shape, not a word to fill in."""

    __slots__ = ()


class _Mould:
    """A rendered template, opened at its marks."""

    def __init__(self, html: str) -> None:
        parts = _MARK.split(html)
        self._text = "%s".join(part.replace("%", "%%") for part in parts[::2])
        self._order = [int(number) for number in parts[1::2]]

    def filled(self, words: list[str]) -> SafeString:
        said = [word if type(word) is SafeString else escape(word) for word in words]
        return SafeString(self._text % tuple([said[at] for at in self._order]))


_moulds: dict[Hashable, _Mould] = {}


def moulded(
    template: str,
    words: Mapping[str, Any],
    fixed: Callable[[], Mapping[str, Any]] = dict,
    key: Hashable = (),
) -> SafeString:
    """Return the template rendered in the active language with the words (plain nested data).

    `fixed` gives what else the template needs; it is asked only when a mould is made, so `key` must
    tell everything that it depends on.
    """
    said: list[str] = []
    shape = (template, get_language(), key, _shape(words, said))
    mould = _moulds.get(shape)
    if mould is None:
        mould = _made(template, {**fixed(), **_marked(words, count())})
        if len(_moulds) >= MOST_MOULDS:
            _moulds.clear()
        _moulds[shape] = mould
    return mould.filled(said)


def forget() -> None:
    """Drop every mould, as when templates change."""
    _moulds.clear()


def _made(template: str, context: Mapping[str, Any]) -> _Mould:
    return _Mould(render_to_string(template, dict(context)))


def _shape(value: Any, words: list[str]) -> Hashable:
    """Return what a template can see of a value but for its words, which are added to `words`."""
    if isinstance(value, str):
        if isinstance(value, Fixed):
            return Fixed, str(value)
        if value:
            words.append(value)
        return _WORD if value else None
    if isinstance(value, dict):
        return tuple([(name, _shape(one, words)) for name, one in value.items()])
    if isinstance(value, list | tuple):
        return list, *[_shape(one, words) for one in value]
    if value is None or isinstance(value, bool | int | float):
        return type(value), value
    if isinstance(value, Promise):
        return _shape(str(value), words)
    return _shape(vars(value), words)


def _marked(value: Any, numbers: Iterator[int]) -> Any:
    """Return the same value with numbered marks for its words; walks as `_shape` does."""
    if isinstance(value, str):
        return value if not value or isinstance(value, Fixed) else _mark(next(numbers))
    if isinstance(value, dict):
        return {name: _marked(one, numbers) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_marked(one, numbers) for one in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Promise):
        return _marked(str(value), numbers)
    return SimpleNamespace(**_marked(vars(value), numbers))


def _mark(number: int) -> SafeString:
    return SafeString(f"\ufdda{number}\ufddb")
