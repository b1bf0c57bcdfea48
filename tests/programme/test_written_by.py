"""The read model says which code wrote it; one from before an upgrade is told from this one's."""

from pathlib import Path

import pytest

from halsonav.programme import finder
from halsonav.programme.finder import written_by
from halsonav.programme.models import FinderState
from tests.factories.programme import published


def test_what_cards_and_words_are_made_of_is_among_the_sources() -> None:
    found = {str(path.relative_to(written_by.ROOT)) for pattern in written_by.SOURCES
             for path in written_by.ROOT.glob(pattern)}  # fmt: skip
    assert {
        "lib/words.py",
        "programme/finder/cards.py",
        "programme/everyday_words.toml",
        "programme/templates/programme/_card_row.html",
        "website/locale/ar/LC_MESSAGES/django.po",
    } <= found


def test_other_sources_are_another_mark(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(written_by, "ROOT", tmp_path)
    read = written_by.this_code.__wrapped__
    template = tmp_path / "programme" / "templates" / "card.html"
    template.parent.mkdir(parents=True)
    marks = {read()}
    for text in ("<li>", "<li class=dep>"):
        template.write_text(text)
        marks.add(read())
    template.rename(template.with_name("other.html"))
    marks.add(read())
    assert len(marks) == 4
    assert read() in marks


@pytest.mark.django_db
def test_what_other_code_wrote_is_outdated_until_it_is_rebuilt() -> None:
    assert not finder.is_outdated(), "there is nothing yet"
    published("Promenad")
    assert not finder.is_outdated()
    FinderState.objects.update(written_by="0" * 16)
    published("Yoga")
    assert finder.is_outdated(), "one activity written anew is not all of them"
    finder.rebuild()
    assert not finder.is_outdated()
