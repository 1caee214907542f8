"""CURRENT's record: what rolling back leads to, and what is kept of who did what."""

import pytest

from libs.errors import Forbidden, NotFound, kind_of
from services.scoring.promotion import HISTORY_MAX, BadCurrent, Current, NothingEarlier, promoted, rolled_back


def after(*steps: str) -> Current:
    """The record after promotions of the versions named; "<" steps back."""
    record: Current | None = None
    for step in steps:
        if step == "<":
            assert record is not None
            record = rolled_back(record, "somebody", "2026-05-31T12:00:00Z")
        else:
            record = promoted(record, step, f"digest of {step}", "somebody", "2026-05-31T12:00:00Z")
    assert record is not None
    return record


@pytest.mark.parametrize(
    ("steps", "version", "earlier"),
    [
        ("a", "a", ""),
        ("ab", "b", "a"),
        ("abc", "c", "ba"),
        ("abc<", "b", "a"),
        ("abc<<", "a", ""),
        ("abc<d", "d", "ba"),
        ("abc<d<<", "a", ""),
        ("aba", "a", "ba"),
        ("a<", "", ""),
        ("ab<<", "", ""),
        ("ab<<c", "c", ""),
        ("ab<<c<", "", ""),
        ("ab<<cd<", "c", ""),
    ],
)
def test_stepping_back_undoes_promotions_one_by_one(steps: str, version: str, earlier: str) -> None:
    """As one would expect of an editor's undo."""
    record = after(*steps)
    assert (version, tuple(earlier)) == (record.version, record.earlier)


def test_who_and_when_and_after_what_are_kept() -> None:
    """And survive the way to bytes and back."""
    record = after("a", "b", "<")
    assert record == Current.from_bytes(record.to_bytes())
    assert [("a", ""), ("b", "a"), ("a", "b")] == [(change.version, change.previous) for change in record.changes]
    assert [False, False, True] == [change.rollback for change in record.changes]
    assert {("somebody", "2026-05-31T12:00:00Z")} == {(change.actor, change.at) for change in record.changes}
    assert "digest of a" == record.digest


def test_the_history_is_bounded() -> None:
    """The last changes stay; stepping back still works, as far as they go."""
    record = after(*(f"v{number}" for number in range(HISTORY_MAX + 50)))
    assert (HISTORY_MAX, HISTORY_MAX + 50) == (len(record.changes), record.revision)
    assert f"v{HISTORY_MAX + 48}" == record.earlier[0]
    assert len(record.to_bytes()) < 64 << 10


def test_no_two_states_have_the_same_bytes() -> None:
    """A store that tells versions of an object by their digest would else swap over a change it did not see."""
    states = [after(*"abab"[:length]).to_bytes() for length in range(1, 5)]
    assert 4 == len(set(states))


def test_out_of_use_is_where_stepping_back_ends() -> None:
    """That state survives the way to bytes and back; one more step is not found, and says what to do."""
    ended = after("a", "<")
    assert ended == Current.from_bytes(ended.to_bytes())
    assert ("", "a", True) == (ended.version, ended.changes[-1].previous, ended.changes[-1].rollback)
    with pytest.raises(NothingEarlier, match="promote") as caught:
        rolled_back(ended, "somebody", "")
    assert NotFound is kind_of(caught.value)


def test_a_bare_name_is_a_record_without_history() -> None:
    """As a person may write it by hand."""
    assert Current("db212c2d8abc") == Current.from_bytes(b"db212c2d8abc\n")


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"{}", b'{"format": 9}', b"../escape", b"\xff\xfe", b"two words"])
def test_what_is_no_record_is_refused(data: bytes) -> None:
    """Rather than guessed at."""
    with pytest.raises(BadCurrent) as caught:
        Current.from_bytes(data)
    assert Forbidden is kind_of(caught.value)
