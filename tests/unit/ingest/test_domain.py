"""The errors of the stage belong to kinds that say what the caller can do."""

import pytest

from libs.errors import InvalidInput, RetainWiseError, TooLarge
from services.ingest import domain

ERRORS = [one for one in vars(domain).values() if isinstance(one, type) and issubclass(one, RetainWiseError)]


@pytest.mark.parametrize("error", [one for one in ERRORS if one.__module__ == domain.__name__])
def test_errors_are_the_callers_to_mend(error):
    """A file that cannot be read is invalid or too large; trying again never helps."""
    assert issubclass(error, InvalidInput | TooLarge) and not error.retryable
