"""One training as a caller sees it: rows in, progress and a signed version out, one at a time on a machine."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from libs.errors import InvalidInput, TooLarge, Unavailable
from services.scoring.domain import MissingCustomerId
from services.scoring.registry import Registry
from services.scoring.training.order import Order
from services.scoring.training.process import Told, Workshop, workshop

RETRY_AFTER_S = 60.0


class TooManyRows(TooLarge):
    """More rows than a training takes."""


class OtherTraining(Unavailable):
    """Another training is running on this machine."""


class UnexpectedRows(InvalidInput):
    """Columns that are not those announced for the table."""


@dataclass(frozen=True)
class TrainOptions:
    """What the caller fixed.

    baseline, current: the family and version to lean on, and to be compared with; an empty version is the current one.
    """

    order: Order
    baseline: tuple[str, str]
    current: tuple[str, str]


@dataclass(frozen=True)
class TrainResult:
    """version, digest: empty where none was made. declined: why, for a person. better: worth promoting."""

    report: Mapping[str, Any]
    version: str = ""
    digest: str = ""
    declined: str = ""
    better: bool = False


@dataclass
class Trainer:
    """Trains for the callers of one server. rows_max: of one training."""

    registry: Registry
    rows_max: int = 2_000_000
    _free: threading.Lock = field(default_factory=threading.Lock)

    def train(
        self,
        options: TrainOptions,
        schema: pa.Schema,
        batches: Iterable[pa.RecordBatch],
        when_over: Callable[[Callable[[], None]], Any],
    ) -> Iterator[Told | TrainResult]:
        """Progress, and last the result; the version is published, and promoted by nobody.

        when_over: takes what is to be called once nobody waits for the answer any more.
        Raises OtherTraining, MissingCustomerId, UnexpectedRows, TooManyRows, what loading and training raise, NoKey.
        """
        if "customer_id" not in schema.names:
            raise MissingCustomerId("the table has no column 'customer_id'; training needs it to tell customers apart")
        if not self._free.acquire(blocking=False):
            raise OtherTraining("another training is running here; try again in a minute", retry_after_s=RETRY_AFTER_S)
        try:
            with workshop() as shop:
                when_over(shop.stop)
                yield from self._trained(shop, options, schema, batches)
        finally:
            self._free.release()

    def _trained(
        self, shop: Workshop, options: TrainOptions, schema: pa.Schema, batches: Iterable[pa.RecordBatch]
    ) -> Iterator[Told | TrainResult]:
        # Everything that can be refused is refused before the work begins.
        key = self.registry.deployment_key()
        baseline, in_use = (self.registry.load(*one) for one in (options.baseline, options.current))
        self._take(shop, schema, batches)
        shop.lay_out(options.order, baseline, in_use)
        yield from shop.run()
        ended = shop.ended()
        if not ended.version:
            yield TrainResult(ended.report, declined=str(ended.report["sentence"]))
            return
        digest = self.registry.publish(options.order.family, ended.version, ended.files, key)
        better = ended.report["outcome"] == "better"
        yield TrainResult(ended.report, ended.version, digest, better=better)

    def _take(self, shop: Workshop, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> None:
        rows = 0
        with shop.writer(schema) as write:
            for batch in batches:
                if not batch.schema.equals(schema):
                    raise UnexpectedRows("a batch has other columns than the table's schema; send the schema they have")
                rows += batch.num_rows
                if rows > self.rows_max:
                    raise TooManyRows(f"more than {self.rows_max:,} rows; train on fewer of them")
                write(batch)
