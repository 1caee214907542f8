"""What is kept of passwords, and which are refused."""

import time

import pytest
from argon2 import profiles

from libs.errors import Unavailable
from services.gateway.identity import passwords
from services.gateway.identity.domain import WeakPassword
from services.gateway.identity.passwords import Passwords, acceptable

QUICK = Passwords(profiles.CHEAPEST)


def test_only_the_password_itself_fits() -> None:
    """Not another, not the kept text, and each is kept with a salt of its own."""
    kept = QUICK.kept("correct horse")
    assert QUICK.fits("correct horse", kept)
    assert not any(QUICK.fits(wrong, kept) for wrong in ("Correct horse", "", kept))
    assert kept != QUICK.kept("correct horse")


@pytest.mark.parametrize("kept", [None, "", "$argon2id$nonsense", "plain"])
def test_nothing_fits_what_is_no_hash(kept: str | None) -> None:
    """Whatever stands in the row, it is an answer and no fault."""
    assert not QUICK.fits("plain", kept)
    assert not QUICK.fits("of nobody", kept)


def test_passwords_are_kept_as_rfc_9106_says() -> None:
    """Argon2id, 64 MiB, 3 passes, 4 lanes; text that was kept with less is seen to be outdated."""
    usual = Passwords()
    assert usual.kept("correct horse").startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert usual.outdated(QUICK.kept("correct horse"))


def test_a_person_who_is_not_there_takes_as_long() -> None:
    """Processor time of a refusal without an account is that of one with, within a factor that noise explains."""
    usual = Passwords()
    kept = usual.kept("correct horse")
    usual.fits("warm", None)
    spent = {}
    for name, held in (("known", kept), ("nobody", None)):
        begun = time.process_time()
        for _ in range(3):
            usual.fits("a wrong one", held)
        spent[name] = time.process_time() - begun
    assert 0.4 < spent["nobody"] / spent["known"] < 2.5


def test_a_crowd_is_turned_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who gets no turn is told to come again, instead of holding up all other requests; afterwards all is as before."""
    monkeypatch.setattr(passwords, "WAIT_S", 0.01)
    crowded = Passwords(profiles.CHEAPEST)
    kept = crowded.kept("correct horse")
    with crowded._in_turn(), crowded._in_turn(), pytest.raises(Unavailable) as refused:
        crowded.fits("correct horse", kept)
    assert refused.value.retry_after_s
    assert crowded.fits("correct horse", kept)


@pytest.mark.parametrize(
    "password", ["", "nine char", "x" * 201, "abababababab", "ada@example.com", " ADA@example.com ", "Ada Lovelace"]
)
def test_what_is_easily_guessed_is_refused(password: str) -> None:
    """Too short, too long, few letters, one's own names; the sentence does not repeat it."""
    with pytest.raises(WeakPassword) as refused:
        acceptable(password, "ada@example.com", "Ada Lovelace")
    assert not password.strip() or password not in refused.value.message


@pytest.mark.parametrize("password", ["ten chars!", "x1y2z3" * 30, "пароль из слов", "  spaces count  "])
def test_what_is_long_enough_will_do(password: str) -> None:
    """No rule about digits and signs; blanks and any script count."""
    assert password == acceptable(password, "ada@example.com", "Ada")
