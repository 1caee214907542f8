"""Mergeable statistics of the clean rows."""

import numpy as np
import pyarrow as pa
import pytest

from services.validation.checks.statistics import Moments, Span, Statistics


def test_span_of_strings_numbers_and_nothing():
    """A span counts what is filled, and knows the ends."""
    assert Span(2, "a", "b") == Span.of(pa.array(["b", None, "a"]))
    assert Span(2, False, False) == Span.of(pa.array([False, False]))
    assert Span() == Span.of(pa.array([], pa.float64()))


def test_spans_merge_past_empty_ones():
    """Merging with a span of nothing changes nothing."""
    assert Span(3, 1.0, 4.0) == Span() + Span(2, 1.0, 2.0) + Span() + Span(1, 4.0, 4.0)
    assert Span(2, 1.0, 1.0).constant and not Span(1, 1.0, 1.0).constant and not Span().constant


def test_correlations_equal_numpy_on_complete_rows():
    """Merged over ragged batches, correlations are numpy's."""
    cells = np.random.default_rng(1).normal(size=(3, 500)) * [[1.0], [1e6], [1e-3]] + [[1e9], [0.0], [5.0]]
    rows = pa.record_batch({name: cells[k] for k, name in enumerate("abc")})
    merged = sum(
        (Moments.of(rows.slice(at, 77), "abc") for at in range(0, 500, 77)), Moments.of(rows.slice(0, 0), "abc")
    )
    assert np.corrcoef(cells) == pytest.approx(merged.correlations(), abs=1e-9)


def test_correlations_take_each_pair_where_both_are_there():
    """A gap in one column leaves the other pairs whole."""
    rng = np.random.default_rng(2)
    a, b, c = rng.normal(size=(3, 200))
    b[:50] = np.nan
    rows = pa.record_batch({"a": a, "b": pa.array(b, from_pandas=True), "c": c})
    moments = Moments.of(rows.slice(0, 60), "abc") + Moments.of(rows.slice(60), "abc")
    assert 150 == moments.count[0, 1] and 200 == moments.count[0, 2]
    assert np.corrcoef(a[50:], b[50:])[0, 1] == pytest.approx(moments.correlations()[0, 1])
    assert np.corrcoef(a, c)[0, 1] == pytest.approx(moments.correlations()[0, 2])


def test_constant_and_absurd_columns_correlate_with_nothing():
    """Constants whose mean is rounded, and numbers whose squares overflow, are never found correlated."""
    rows = pa.record_batch({"a": [0.1] * 7, "b": [0.3] * 7, "c": [1e300, -1e300, *[3.0] * 5], "d": [*range(7)]})
    r = (Moments.of(rows, "abcd") + Moments.of(rows, "abcd")).correlations()
    assert not (np.abs(r) > 0.95)[np.triu_indices(4, 1)].any()


def test_statistics_merge_field_by_field():
    """Rows, spans and churned customers add up."""
    rows = pa.record_batch({"churned": pa.array([True, None, False, True]), "mrr": [1.0, 2.0, 3.0, 4.0]})
    parts = [Statistics.of(rows.slice(at, 2), ["churned", "mrr"], ["mrr"]) for at in (0, 2)]
    merged = parts[0] + parts[1]
    assert (4, 2, Span(4, 1.0, 4.0), Span(3, False, True)) == (
        merged.rows,
        merged.churned,
        merged.spans["mrr"],
        merged.spans["churned"],
    )
