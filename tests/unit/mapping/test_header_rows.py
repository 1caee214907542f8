"""The header rows of real exports, each tool held out in turn."""

import pytest

from bench.headers import SHARED, header_rows
from bench.mapping import (
    CALIBRATION_ERROR_MAX,
    REQUIRED_WRONG_MAX,
    SHARES_MIN,
    WRONG_REQUIRED_CONFIDENCE_MAX,
    Score,
    calibration_error,
    forgotten,
    judge,
    mapped,
)

pytestmark = pytest.mark.skipif(not (SHARED / "headers.json").exists(), reason="the shared list of headers is not here")


def test_unseen_tools_are_mapped():
    """Shares of right columns, wrong required ones and the calibration error are within what was accepted."""
    rows, score = header_rows(), Score()
    for row in rows:
        judge(score, row, mapped(row, forgotten(rows, row.tool, strict=False), frozenset([row.tool])))
    shares = {kind: score.counts[kind][0] / score.counts[kind][1] for kind in SHARES_MIN}
    assert dict.fromkeys(SHARES_MIN, True) == {kind: shares[kind] >= least for kind, least in SHARES_MIN.items()}
    assert len(score.required_wrong) <= REQUIRED_WRONG_MAX
    assert max(score.required_wrong, default=0) <= WRONG_REQUIRED_CONFIDENCE_MAX
    assert calibration_error(score.sure)[0] <= CALIBRATION_ERROR_MAX
