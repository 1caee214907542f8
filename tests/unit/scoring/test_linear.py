"""Linear models as data: what they say, why, and which files are refused."""

import json

import numpy as np
import pytest

from services.scoring import linear
from services.scoring.domain import NotAModel, UnexpectedFeatures
from services.scoring.linear import Linear

MODEL = Linear(
    ("logins", "tickets"),
    weights=np.array([-0.5, 2.0]),
    means=np.array([4.0, 1.0]),
    lows=np.array([0.0, 0.0]),
    highs=np.array([10.0, 3.0]),
    intercept=-1.0,
)

ROWS = np.array([[4, 1], [6, 1], [np.nan, 2], [50, 9]], dtype=np.float32)


def test_margins_are_sums_of_terms() -> None:
    """Missing counts as the mean, and giants as the largest value that counts."""
    assert [-1.0, -2.0, 1.0, -0.5 * 6 + 2.0 * 2 - 1.0] == MODEL.margins(ROWS).tolist()


def test_contributions_add_up_to_the_margin() -> None:
    """Exactly, with the typical customer's margin as the base of every row."""
    contributions = MODEL.contributions(ROWS)
    assert MODEL.margins(ROWS).tolist() == contributions.sum(axis=1).tolist()
    assert [-1.0] * 4 == contributions[:, -1].tolist()
    assert 0.0 == contributions[2, 0]


def test_a_model_comes_back_from_its_file() -> None:
    """The same numbers to the last bit."""
    read = linear.read(MODEL.to_bytes(), MODEL.names)
    assert MODEL.to_bytes() == read.to_bytes()
    assert MODEL.margins(ROWS).tolist() == read.margins(ROWS).tolist()


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"weights": [1.0]}, NotAModel),
        ({"weights": [1.0, float("nan")]}, NotAModel),
        ({"weights": ["a", "b"]}, NotAModel),
        ({"intercept": None}, NotAModel),
        ({"names": ["logins", "seats"]}, UnexpectedFeatures),
    ],
)
def test_a_damaged_file_is_refused(changed: dict[str, object], kind: type[Exception]) -> None:
    """Numbers that are not there, not finite, or of other columns."""
    with pytest.raises(kind):
        linear.read(json.dumps(MODEL.to_json() | changed).encode(), MODEL.names)


@pytest.mark.parametrize("data", [b"", b"\x80\x04pickle", b"[1]", b"[" * 100_000])
def test_what_is_no_json_object_is_refused(data: bytes) -> None:
    """Also text that would exhaust a careless parser."""
    with pytest.raises(NotAModel):
        linear.read(data, MODEL.names)
