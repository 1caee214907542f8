"""Settings of validation."""

from services.validation.settings import Settings


def test_settings_are_read_from_the_environment(monkeypatch):
    """Every knob has its variable."""
    monkeypatch.setenv("RETAINWISE_VALIDATION_PORT", "0")
    monkeypatch.setenv("RETAINWISE_VALIDATION_THREADS", "1")
    assert (0, 1, "127.0.0.1") == (Settings().port, Settings().threads, Settings().host)


def test_every_knob_says_what_it_does():
    """A setting without a description helps nobody."""
    assert [] == [name for name, field in Settings.model_fields.items() if not field.description]
