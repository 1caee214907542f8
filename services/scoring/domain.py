"""What scoring is about: options, risk levels, reasons' directions, and the errors it can raise."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from libs.errors import Conflict, Forbidden, InvalidInput, NotFound

HORIZON_DAYS = 30
"""Days ahead that both baselines' probabilities speak of; each model card says why."""

HIGH_ABOVE = 0.7
"""A churn probability above this is a high risk."""

MEDIUM_ABOVE = 0.4
"""A churn probability above this, and not high, is a medium risk."""


class MissingCustomerId(InvalidInput):
    """The table does not say which customer each row is."""


class UnexpectedBatch(InvalidInput):
    """Columns that are not those announced for the table, or not told apart."""


class UnreadableColumn(InvalidInput):
    """A column's Arrow type cannot be read as what the feature needs."""


class BadChurnRate(InvalidInput):
    """The stated churn rate is not a share between 0 and 1."""


class BadThreshold(InvalidInput):
    """The thresholds of the risk levels are no shares, or the wrong way round."""


class ModelNotFound(NotFound):
    """The registry has no such family or version."""


class DigestMismatch(Conflict):
    """The version in the registry is not the one that was pinned."""


class VersionTaken(Conflict):
    """A version of this name is in the registry with other content."""


class Untrusted(Forbidden):
    """A model version that must not be used: unsigned, signed by a stranger, or changed since it was signed."""


class NotAModel(Untrusted):
    """A file that is not a model as data, such as a pickle, which may run code when loaded."""


class UnexpectedFeatures(Untrusted):
    """The model and its stated features do not agree, or name columns no model may read."""


class Direction(StrEnum):
    """What a factor does to the churn probability. INFLUENCES: not known for this customer (fallback)."""

    INCREASES = "increases"
    DECREASES = "decreases"
    INFLUENCES = "influences"


class RiskLevel(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True)
class Span:
    """Where a tenant's customers lie on one column or ratio.

    low, high: 5 % of them lie below the one and 5 % above the other. typical: the median.
    levels: of a category, the values that customers have; the numbers are then None.
    """

    low: float | None = None
    typical: float | None = None
    high: float | None = None
    levels: tuple[str, ...] = ()


Spans = Mapping[str, Span]
"""By canonical column or ratio; see libs.tables.columns."""


@dataclass(frozen=True)
class ScoreOptions:
    """What the caller fixed for one table.

    family, version, digest: the pinned model; an empty version means the current one, an empty
        digest is not checked (SHA-256 of the version's manifest, hex).
    scored_at: ISO 8601 UTC, copied to each row: a stage has no clock.
    churn_rate: the tenant's own, over the horizon, in (0, 1); None for the model's.
    level_shift: what is added to every log-odds, as a summary gave it; None to find it from the churn rate.
    high_above, medium_above: the tenant's own thresholds of the risk levels.
    spans: where the tenant's customers lie, by column and ratio; where absent, the model's training customers stand in.
    """

    family: str
    version: str = ""
    digest: str = ""
    scored_at: str = ""
    churn_rate: float | None = None
    high_above: float = HIGH_ABOVE
    medium_above: float = MEDIUM_ABOVE
    spans: Spans = field(default_factory=dict)
    level_shift: float | None = None

    def __post_init__(self) -> None:
        """Raises BadThreshold."""
        if not 0 < self.medium_above <= self.high_above < 1:
            raise BadThreshold(
                f"medium risk begins above {self.medium_above:g} and high risk above {self.high_above:g}; "
                "both must lie between 0 and 1, and medium at most at high"
            )


@dataclass(frozen=True)
class ScoreSummary:
    """What is said of a whole table once its last row is scored.

    missing_features: features the model knows and the table has no column for.
    reasons_exact: whether every row's reasons are its own; see explain.
    level_shift: what was added to every log-odds because of the churn rate.
    """

    row_count: int
    family: str
    version: str
    digest: str
    horizon_days: int
    high_count: int
    medium_count: int
    low_count: int
    probability_mean: float
    missing_features: tuple[str, ...]
    reasons_exact: bool
    level_shift: float


def check_columns(names: Sequence[str]) -> None:
    """Refuses a table that does not say whose rows they are. Raises MissingCustomerId, UnexpectedBatch."""
    if "customer_id" not in names:
        raise MissingCustomerId("the table has no column 'customer_id'; scoring needs it to say whose scores these are")
    if len(set(names)) < len(names):
        raise UnexpectedBatch("the table has two columns of one name; scoring would not know which to read")


class Stored(Protocol):
    """One object's name and its version tag."""

    @property
    def key(self) -> str: ...

    @property
    def etag(self) -> str: ...


class Store(Protocol):
    """What the registry needs of an object store; libs.objects' stores fit by shape."""

    def get(self, key: str) -> bytes:
        """Raises NotFound."""
        ...

    def head(self, key: str) -> Stored:
        """Raises NotFound."""
        ...

    def put(self, key: str, data: bytes, *, if_match: str | None = None, if_absent: bool = False) -> Stored:
        """Raises Conflict when the condition fails."""
        ...

    def list(self, prefix: str) -> Iterator[Stored]: ...
