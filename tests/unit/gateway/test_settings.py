"""Every knob of the gateway."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from services.gateway.settings import Settings


def test_the_environment_sets_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the gateway's prefix."""
    monkeypatch.setenv("RETAINWISE_GATEWAY_UPLOAD_BYTES_MAX", "1000")
    monkeypatch.setenv("RETAINWISE_GATEWAY_SCRATCH_DIR", "/srv/scratch")
    settings = Settings()
    assert (1000, Path("/srv/scratch")) == (settings.upload_bytes_max, settings.scratch_dir)


def test_each_says_what_it_does() -> None:
    """A description for every field."""
    assert [] == [name for name, field in Settings.model_fields.items() if not field.description]


@pytest.mark.parametrize("knob", [{"port": 70_000}, {"upload_bytes_max": 0}, {"lease_s": -1}, {"queries_max": 0}])
def test_what_cannot_work_is_refused_at_the_start(knob: dict[str, float]) -> None:
    """Not at the first request."""
    with pytest.raises(ValidationError):
        Settings(**knob)  # type: ignore[arg-type]
