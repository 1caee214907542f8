"""Settings: read from the environment under the service's prefix."""

from pathlib import Path

import pytest

from services.scoring.settings import Settings


def test_the_environment_sets_the_knobs(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the runner and an operator do it."""
    monkeypatch.setenv("RETAINWISE_SCORING_MODELS_URL", "s3://bucket/models")
    monkeypatch.setenv("RETAINWISE_SCORING_TRUSTED_KEYS", "/etc/retainwise/keys")
    settings = Settings()
    assert ("s3://bucket/models", Path("/etc/retainwise/keys")) == (settings.models_url, settings.trusted_keys)
    assert (50054, 2) == (settings.port, settings.threads)
