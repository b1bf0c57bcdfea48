"""A bounded memory."""

from halsonav.lib.kept import Kept


def test_a_value_is_made_once_and_then_kept() -> None:
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return len(made)

    kept: Kept[str, int] = Kept(2)
    assert [kept.of("a", make), kept.of("a", make), kept.get("a")] == [1, 1, 1]
    assert kept.get("b") is None


def test_what_was_kept_longest_makes_room() -> None:
    kept: Kept[int, int] = Kept(3)
    for number in range(5):
        kept.put(number, number)
    assert [kept.get(number) for number in range(5)] == [None, None, 2, 3, 4]
    assert len(kept) == 3
    kept.put(2, 20)
    assert (len(kept), kept.get(2), kept.get(3)) == (3, 20, 3)
    kept.clear()
    assert len(kept) == 0
