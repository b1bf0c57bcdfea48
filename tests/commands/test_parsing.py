"""Wrong words are answered in Swedish, in one sentence."""

import pytest

from halsonav.commands import main


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["fly"], "Det finns inget kommando ”fly”."),
        (["demo", "--size", "many"], "--size ska vara ett heltal, men är ”many”."),
        (["demo", "--port"], "Efter --port ska det stå ett värde."),
        (["demo", "--no-server=yes"], "Efter --no-server ska det inte stå ”yes”."),
        (["migrate", "now", "--soon"], "Det här går inte att säga: now --soon."),
        (["import-postcodes"], "FIL saknas."),
    ],
)
def test_what_cannot_be_read_is_said(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(words)
    assert stopped.value.code == 2
    assert capsys.readouterr().err.splitlines()[0] == told
