"""XGBoost's trees as plain arrays, cut into parts small enough to be tabled."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import xgboost

BITS_MAX = 8
"""Splits that a part may have: a row's way through it is then one byte."""


class Untabled(ValueError):
    """The trees are of a shape that is not cut into parts."""


@dataclass(frozen=True)
class Split:
    """A row goes left if its value in `column` is below `threshold` (float32), or missing and `missing_left`."""

    column: int
    threshold: float
    missing_left: bool

    def goes_left(self, values: np.ndarray) -> np.ndarray:
        """(n,) uint8, all its bits set where a row with this value in the column goes left. values: (n,) float32."""
        threshold = np.float32(self.threshold)
        # NaN compares false, so each form sends it the split's own way.
        left: np.ndarray = ~(values >= threshold) if self.missing_left else values < threshold
        return np.negative(left.view(np.uint8))


@dataclass(frozen=True)
class Step:
    """One split on the way to a leaf. share: of the training rows that came here, those that went this way."""

    split: int
    column: int
    left: bool
    share: float


@dataclass(frozen=True)
class Leaf:
    """value: in margin. path: from the root."""

    value: float
    path: tuple[Step, ...]


@dataclass(frozen=True)
class Part:
    """Some leaves of one tree. splits: every split on the way to any of them, at most BITS_MAX, as indices."""

    leaves: tuple[Leaf, ...]
    splits: tuple[int, ...]


@dataclass
class Forest:
    """splits: the distinct splits of all trees, in order of first use."""

    splits: dict[Split, int] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)


def forest(booster: xgboost.Booster) -> Forest:
    """The parts of every tree. Raises Untabled for anything but single-output trees of numeric splits."""
    try:
        learner = json.loads(booster.save_raw("json"))["learner"]
        gradient_booster = learner["gradient_booster"]
        if gradient_booster["name"] != "gbtree" or int(learner["learner_model_param"]["num_class"]) > 1:
            raise Untabled("only gbtree with one output is cut into parts")
        made = Forest()
        for tree in gradient_booster["model"]["trees"]:
            _add(made, tree)
    except (KeyError, TypeError) as error:
        raise Untabled("XGBoost writes its trees in a layout that is not known here") from error
    return made


def start(booster: xgboost.Booster) -> np.float32:
    """The margin that the leaves of a row are added to: what the same trees say with 0 in every leaf.

    For a booster that `forest` took.
    """
    document = json.loads(booster.save_raw("json"))
    for tree in document["learner"]["gradient_booster"]["model"]["trees"]:
        pairs = zip(tree["left_children"], tree["split_conditions"], strict=True)
        tree["split_conditions"] = [0.0 if left < 0 else condition for left, condition in pairs]
    bare = xgboost.Booster({"nthread": 1})
    bare.load_model(bytearray(json.dumps(document).encode()))
    found: np.ndarray = bare.inplace_predict(np.zeros((1, booster.num_features()), np.float32), predict_type="margin")
    return np.float32(found[0])


def _add(made: Forest, tree: dict[str, Any]) -> None:
    """Adds one tree's parts. Recursion is as deep as a tree, which training bounds."""
    if any(tree["split_type"]):
        raise Untabled("a split by category is not cut into parts")
    left, right, columns = tree["left_children"], tree["right_children"], tree["split_indices"]
    conditions, missing_left, covers = tree["split_conditions"], tree["default_left"], tree["sum_hessian"]

    def split(node: int) -> int:
        key = Split(columns[node], float(np.float32(conditions[node])), bool(missing_left[node]))
        return made.splits.setdefault(key, len(made.splits))

    def children(node: int, path: tuple[Step, ...]) -> Iterator[tuple[int, tuple[Step, ...]]]:
        for child, is_left in ((left[node], True), (right[node], False)):
            share = covers[child] / covers[node]
            yield child, (*path, Step(split(node), columns[node], is_left, share))

    def leaves(node: int, path: tuple[Step, ...]) -> Iterator[Leaf]:
        if left[node] < 0:
            yield Leaf(conditions[node], path)
            return
        for child, longer in children(node, path):
            yield from leaves(child, longer)

    def cut(node: int, path: tuple[Step, ...]) -> None:
        below = tuple(leaves(node, path))
        splits = tuple(dict.fromkeys(step.split for leaf in below for step in leaf.path))
        if len(splits) <= BITS_MAX:
            made.parts.append(Part(below, splits))
        elif left[node] < 0:
            raise Untabled(f"a leaf lies below more than {BITS_MAX} splits")
        else:
            for child, longer in children(node, path):
                cut(child, longer)

    cut(0, ())
