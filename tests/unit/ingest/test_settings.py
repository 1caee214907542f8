"""Settings of the stage."""

from services.ingest.domain import Limits
from services.ingest.messages import limits
from services.ingest.settings import Settings


def test_defaults_are_the_domains_own():
    """The limits that the settings state by default are those of the stage, said once to the operator."""
    assert Limits() == limits(Settings())


def test_settings_come_from_the_environment(monkeypatch):
    """Each field is a variable with the service's prefix."""
    monkeypatch.setenv("RETAINWISE_INGEST_COLUMNS_MAX", "7")
    assert 7 == limits(Settings()).columns_max


def test_every_knob_is_described():
    """An operator can read what turning it does."""
    assert [] == [name for name, field in Settings.model_fields.items() if not field.description]
