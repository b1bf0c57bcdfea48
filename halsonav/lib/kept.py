"""A bounded memory: what was worked out is kept, and the oldest goes first."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """At most so many values by key; safe to use from several threads."""

    def __init__(self, most: int) -> None:
        """Keep at most `most` values; nothing is kept yet."""
        self._most = most
        self._values: dict[Key, Value] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: Key) -> Value | None:
        """Return what is kept, or None."""
        return self._values.get(key)

    def put(self, key: Key, value: Value) -> Value:
        """Keep the value and return it; what has been kept longest makes room."""
        with self._lock:
            while len(self._values) >= self._most and key not in self._values:
                del self._values[next(iter(self._values))]
            self._values[key] = value
        return value

    def of(self, key: Key, make: Callable[[], Value]) -> Value:
        """Return what is kept, or make it and keep it."""
        found = self._values.get(key)
        return self.put(key, make()) if found is None else found

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._values.clear()
