"""Every address that there is, read from the URL configuration."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse


@dataclass(frozen=True)
class Route:
    """A view's name with its namespace, and the names of what stands in its address."""

    name: str
    parts: tuple[str, ...]

    @property
    def is_public(self) -> bool:
        """Say whether it is a page that is the same for all."""
        return self.name.partition(":")[0] in settings.PUBLIC_NAMESPACES

    def address(self, values: dict[str, str]) -> str:
        """Return the address with these values in it, in Swedish."""
        return reverse(self.name, kwargs={part: values[part] for part in self.parts})


@cache
def routes() -> tuple[Route, ...]:
    """Return all routes by name, each once; a language's own words make no route of their own."""
    return tuple(sorted(set(_walk(get_resolver())), key=lambda route: route.name))


def _walk(
    resolver: URLResolver, spaces: tuple[str, ...] = (), parts: tuple[str, ...] = ()
) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        here = (*parts, *_parts(pattern))
        if isinstance(pattern, URLPattern):
            yield Route(":".join((*spaces, pattern.name or "unnamed")), here)
        else:
            own = (pattern.namespace,) if pattern.namespace else ()
            yield from _walk(pattern, spaces + own, here)


def _parts(pattern: URLPattern | URLResolver) -> tuple[str, ...]:
    matcher = pattern.pattern
    named = getattr(matcher, "regex", None)
    groups = named.groupindex if named is not None else {}
    return tuple(matcher.converters or groups)
