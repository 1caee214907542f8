"""Gradient-boosted trees in XGBoost's own format: read as data, their margins and their exact attributions."""

import logging
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import xgboost

from services.scoring.attribution import Tables, tabled
from services.scoring.domain import NotAModel, UnexpectedFeatures
from services.scoring.features import Floats, Matrix
from services.scoring.forest import Untabled, forest, start
from services.scoring.sums import probes
from services.scoring.walk import Plain, Walk

FEW_ROWS = 32
"""Below this many rows XGBoost's own explainer is quicker: the tables cost the same few milliseconds for any."""

WITNESS_STEP = 64
"""Of this many rows that the tables predict one is predicted by XGBoost too."""

GAP_MAX = 1e-5
"""Largest distance, in margin, between a row's contributions and its prediction: ten times float32's error."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Trees:
    """threads: OpenMP threads it may use."""

    booster: xgboost.Booster
    threads: int = 1

    def margins(self, encoded: Matrix) -> Floats:
        """(n,) float64."""
        return self._predicted(encoded, self._alone if len(encoded) < FEW_ROWS else self.booster).astype(np.float64)

    def contributions(self, encoded: Matrix) -> np.ndarray:
        """(n, n_columns + 1) float32 exact Shapley values of the path-dependent game; last column the base.

        Every row is checked against the prediction; one that does not add up is computed anew by XGBoost.
        """
        if len(encoded) < FEW_ROWS or self.tables is None:
            return self._by_xgboost(encoded)
        return self.checked(encoded, self.tables.contributions(encoded), self.margins(encoded))

    def walk(self, encoded: Matrix) -> Walk:
        """encoded: (n, n_columns), at most a block of the stage."""
        if len(encoded) < FEW_ROWS or self.tables is None:
            return Plain(self, encoded)
        return TreeWalk(self, self.tables, encoded)

    def checked(self, encoded: Matrix, found: np.ndarray, margins: Floats) -> np.ndarray:
        """(n, n_columns + 1): what the tables found beside the base, rows that do not sum to their margin made anew."""
        gaps = np.abs(found.sum(axis=1, dtype=np.float64) + self.base - margins)
        whole = np.column_stack([found, np.full(len(found), self.base, dtype=np.float32)])
        odd = np.flatnonzero(~(gaps <= GAP_MAX))
        if len(odd):
            log.warning("rows that did not add up are explained by XGBoost itself", extra={"rows": len(odd)})
            whole[odd] = self._by_xgboost(encoded[odd])
        return whole

    @cached_property
    def tables(self) -> Tables | None:
        """Made when many rows are first explained; None if the trees cannot be tabled."""
        try:
            return tabled(forest(self.booster))
        except Untabled as error:
            log.warning("XGBoost explains this model itself, slowly", extra={"reason": str(error)})
            return None

    @cached_property
    def start(self) -> np.float32 | None:
        """What the tables' sums start from; None if they are not XGBoost's margins to the last bit: then it predicts.

        Found out on rows at both sides of every split, a float32 step away.
        """
        if self.tables is None or not self.tables.splits:
            return None
        rows = probes(self.tables.splits, self.booster.num_features())
        found = start(self.booster)
        if np.array_equal(self.tables.sums.margins(self.tables.ways(rows), found), self._predicted(rows, self._alone)):
            return found
        log.warning("XGBoost predicts for this model itself, slowly: its sums are not the tables'")
        return None

    @cached_property
    def base(self) -> float:
        """The margin of a customer of whom nothing is known."""
        unknown = np.full((1, self.booster.num_features()), np.nan, dtype=np.float32)
        return float(self._by_xgboost(unknown)[0, -1])

    @cached_property
    def _alone(self) -> xgboost.Booster:
        """The same trees in one thread. On busy cores a few rows in two wait 20 ms for one another, in one 0.4 ms."""
        booster = self.booster.copy()
        booster.set_param({"nthread": 1})
        return booster

    def witnessed(self, encoded: Matrix, ways: np.ndarray) -> Floats:
        """(n,) float64 margins of rows that go these ways through the tables: XGBoost's own, in a sixth of its time.

        Some of the rows are predicted by XGBoost too; were one of them another, it would predict them all.
        """
        if self.tables is None or self.start is None:
            return self.margins(encoded)
        found = self.tables.sums.margins(ways, self.start)
        if not np.array_equal(found[::WITNESS_STEP], self._predicted(encoded[::WITNESS_STEP], self._alone)):
            log.error("the tables' sums are not XGBoost's; it predicts these rows itself", extra={"rows": len(found)})
            return self.margins(encoded)
        return found.astype(np.float64)

    @staticmethod
    def _predicted(encoded: Matrix, booster: xgboost.Booster) -> np.ndarray:
        """(n,) float32 margins."""
        margins: np.ndarray = booster.inplace_predict(encoded, predict_type="margin")
        return margins

    def _by_xgboost(self, encoded: Matrix) -> np.ndarray:
        few = len(encoded) < FEW_ROWS
        booster, threads = (self._alone, 1) if few else (self.booster, self.threads)
        rows = xgboost.DMatrix(encoded, feature_names=self.booster.feature_names, nthread=threads)
        contributions: np.ndarray = booster.predict(rows, pred_contribs=True, strict_shape=False)
        return contributions


class TreeWalk:
    """Rows whose way through the tables is found once.

    An action's margins are the rows' own, and what the parts that read a changed column add: off a prediction of the
    whole by no more than float32's error in summing the trees.
    """

    def __init__(self, trees: Trees, tables: Tables, encoded: Matrix) -> None:
        self._trees, self._tables, self._encoded = trees, tables, encoded

    @cached_property
    def _ways(self) -> np.ndarray:
        return self._tables.ways(self._encoded)

    @cached_property
    def margins(self) -> Floats:
        return self._trees.witnessed(self._encoded, self._ways)

    def contributions(self) -> np.ndarray:
        found = self._tables.contributions_by_way(self._ways, self._encoded.shape[1])
        return self._trees.checked(self._encoded, found, self.margins)

    def after(self, rows: np.ndarray, changed: Matrix) -> Floats:
        moved = self._tables.sums.moved(self._ways, rows, self._encoded[rows], changed)
        after: Floats = self.margins[rows] + moved
        return after


def read(model_bytes: bytes, names: tuple[str, ...], threads: int) -> Trees:
    """The trees of these bytes. names: of the matrix's columns. Raises NotAModel, UnexpectedFeatures."""
    if not model_bytes.startswith(b"{"):
        # Python's pickles start with 0x80: naming them spares a long look at the parser's complaint.
        kind = "a Python pickle, which may run code when loaded" if model_bytes[:1] == b"\x80" else "not UBJSON"
        raise NotAModel(f"the model file is {kind}; only XGBoost's own format is read")
    booster = xgboost.Booster({"nthread": threads})
    try:
        booster.load_model(bytearray(model_bytes))
    except xgboost.core.XGBoostError as error:
        raise NotAModel("the model file is not a model in XGBoost's own format") from error
    if tuple(booster.feature_names or ()) != names:
        raise UnexpectedFeatures("the model's feature list is not the one its metadata states")
    booster.set_param({"nthread": threads})
    return Trees(booster, threads)
