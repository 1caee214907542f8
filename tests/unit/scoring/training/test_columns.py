"""Which columns may be learnt from."""

import pyarrow as pa
import pytest

from libs.tables.columns import Industry
from services.scoring.features import Encoding, encoded_names, matrix
from services.scoring.training.columns import Choice, chosen
from tests.unit.scoring.training.conftest import FEATURES, customers

N = 60


def choice(**columns: list[object]) -> Choice:
    """What may be learnt of a table with these columns besides the id."""
    table = pa.table({"customer_id": [f"c{k}" for k in range(N)], **columns})
    return chosen(table, Industry.SAAS, FEATURES, {})


def test_canonical_and_extra_columns_are_taken() -> None:
    """The baseline's first, then what else the file has; extra ones are never called changeable."""
    found = chosen(customers(200), Industry.SAAS, FEATURES, {})
    assert ["tenure_months", "mrr", "logins_per_month", "country", "csat score", "channel"] == [
        feature.name for feature in found.features
    ]
    assert {} == dict(found.left_out)
    assert [False, False] == [feature.changeable for feature in found.features[-2:]]


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("contact email", [f"a{k % 5}@x.com" for k in range(N)]),
        ("Account ID", [str(k % 7) for k in range(N)]),
        ("churn reason", ["price", "other"] * (N // 2)),
        ("risk score", [str(k % 9) for k in range(N)]),
        ("serial", [str(1000 + k) for k in range(N)]),
        ("renewed", [f"2026-0{k % 9 + 1}-01" for k in range(N)]),
        ("remark", [f"word {k}" for k in range(N)]),
        ("same", ["x"] * N),
        ("none", [""] * N),
    ],
)
def test_what_may_not_be_learnt_from(name: str, cells: list[object]) -> None:
    """Persons, ids, the end itself, other models, dates, remarks, and what tells nothing; each with a reason."""
    found = choice(**{f"extra.{name}": cells})
    assert () == found.features
    assert found.left_out[f"extra.{name}"]


def test_numbers_are_read_in_their_dress() -> None:
    """A percent sign or a currency; what is no plain number later is missing."""
    (feature,) = choice(**{"extra.rate": [f"{k % 10}.5 %" for k in range(N)]}).features
    assert Encoding.NUMBER is feature.encoding
    later = pa.table({"extra.rate": ["$3", " 4.5 %", "1,200", "", "n/a", "1e3"]})
    assert ["3.0", "4.5", "nan", "nan", "nan", "1000.0"] == [str(value) for value in matrix(later, (feature,))[:, 0]]


def test_two_words_are_one_column_and_more_are_one_each() -> None:
    """Rare words are not levels; strange characters do not reach XGBoost's names."""
    cells = ["<1 year", "[old]", "new"] * (N // 3 - 1) + ["once", "twice", "thrice"]
    (feature,) = choice(**{"extra.age [y]": cells}).features
    assert ("<1 year", "[old]", "new") == feature.levels
    assert ("age (y)=‹1 year", "age (y)=(old)", "age (y)=new") == encoded_names((feature,))
    (flag,) = choice(**{"extra.flag": ["Yes", "no"] * (N // 2)}).features
    assert (Encoding.ORDINAL, ("no", "yes")) == (flag.encoding, flag.levels)


def test_excluded_columns_stay_out_with_their_reason() -> None:
    """As validation found, or a person said."""
    found = chosen(customers(200), Industry.SAAS, FEATURES, {"mrr": "it is made up", "not there": "x"})
    assert "mrr" not in [feature.name for feature in found.features]
    assert {"mrr": "it is made up"} == dict(found.left_out)
