"""Made-up exports in the shape of tools."""

import csv
import io
from datetime import date

import pytest

from services.gateway import tool_samples


def rows(name: str) -> list[dict[str, str]]:
    """The sample as a reader of CSV sees it."""
    return list(csv.DictReader(io.StringIO(tool_samples.tool_sample(name))))


@pytest.mark.parametrize("name", tool_samples.TOOLS)
def test_a_sample_is_the_same_every_time(name: str) -> None:
    """One row a customer; names and addresses that nobody bears."""
    assert tool_samples.tool_sample(name) == tool_samples.tool_sample(name)
    assert tool_samples.CUSTOMERS == len(rows(name))
    assert all(cell.endswith(".example") for row in rows(name) for cell in row.values() if "@" in cell)


def test_the_tools_tell_of_the_same_customers() -> None:
    """Price per period, revenue per month and cents per month of the three agree."""
    stripe, chargebee, chartmogul = (rows(name) for name in tool_samples.TOOLS)
    for price, units, cents in zip(stripe, chargebee, chartmogul, strict=True):
        months = 12 if price["Interval"] == "year" else 1
        mrr = float(price["Amount"]) * int(price["Quantity"]) / months
        assert pytest.approx(mrr, abs=0.01) == float(units["subscriptions.mrr"])
        assert pytest.approx(mrr * 100, abs=1) == int(cents["MRR"])
        assert bool(price["Canceled At (UTC)"]) == bool(cents["END_DATE"]) == (price["Status"] == "canceled")


def test_nothing_happens_after_the_day_of_the_sample() -> None:
    """Subscriptions begin before they end, and end before the snapshot."""
    for one in tool_samples.subscriptions():
        assert one.started <= (one.ended or tool_samples.SNAPSHOT) <= tool_samples.SNAPSHOT
        assert date(2020, 1, 1) < one.started
        assert one.term[0] <= (one.ended or tool_samples.SNAPSHOT) < one.term[1]
