"""All distinct values of a column and how often each came, for as long as they are few."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Counts = NDArray[np.int64]


class FewValues:
    """Counts values exactly, in the order in which they first came: at most `capacity`, of `bytes_max` in all."""

    def __init__(self, capacity: int, bytes_max: int) -> None:
        self._capacity = capacity
        self._bytes_left = bytes_max
        self.values: pa.StringArray = pa.array([], pa.string())
        self.counts: Counts = np.empty(0, np.int64)

    def add(self, values: pa.StringArray, counts: Counts) -> Counts | None:
        """Adds distinct values with their counts; (n,) their places in `values`.

        None where they would be too many: then nothing is added.
        """
        known = len(self.values)
        if len(values) > self._capacity:
            return None
        if not known:
            return np.arange(len(values)) if self._extend(values, counts) else None
        places = pc.index_in(values, value_set=self.values).fill_null(-1).to_numpy().astype(np.int64)
        new = places < 0
        if new.any():
            if not self._extend(values.filter(pa.array(new)), counts[new]):
                return None
            places[new] = np.arange(known, len(self.values))
        self.counts[places[~new]] += counts[~new]
        return places

    def _extend(self, values: pa.StringArray, counts: Counts) -> bool:
        size = pc.sum(pc.binary_length(values)).as_py()
        if len(self.values) + len(values) > self._capacity or size > self._bytes_left:
            return False
        self._bytes_left -= size
        self.values = pa.concat_arrays([self.values, values])
        self.counts = np.concatenate([self.counts, counts])
        return True
