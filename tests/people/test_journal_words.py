"""The journal's codes are read as words."""

from halsonav.people.journal_words import reason_in_words


def test_how_many_lines_a_restored_copy_did_not_have_is_said_in_words() -> None:
    assert reason_in_words("lost:7") == "rader som inte fanns i kopian: 7"
    assert reason_in_words("") == ""
