"""What scoring is about: options, risk levels, reasons' directions, and the errors it can raise."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from libs.errors import Conflict, Forbidden, InvalidInput, NotFound

HORIZON_DAYS = 30
"""Days ahead that both baselines' probabilities speak of; each model card says why."""

BASELINES = "baseline-"
"""How the names of families begin that are built, not trained, and that serve whoever has no model of its own."""

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


class BadPerturbation(InvalidInput):
    """A change to be tried that cannot be meant: without a name, without a change, or not of such a column."""


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


PERTURBATIONS_MAX = 32
"""Each costs another prediction of the whole table."""


@dataclass(frozen=True)
class Clip:
    """Bounds of a number. high_column: the customer's own value there is the upper one; empty for none."""

    low: float | None = None
    high: float | None = None
    high_column: str = ""


@dataclass(frozen=True)
class Perturbation:
    """A change of one column, tried on every customer; what it is for is the caller's own business.

    change: text or a number to put into missing cells; bounds; with `divides` the divisor; None to blank the column.
    """

    id: str
    column: str
    change: str | float | Clip | None
    divides: bool = False

    def __post_init__(self) -> None:
        """Raises BadPerturbation."""
        if not self.id or not self.column:
            raise BadPerturbation("a perturbation has no id or no column; both are needed")
        if self.divides and not self.change:
            raise BadPerturbation(f"perturbation '{self.id}' divides by nothing; give a divisor that is not 0")
        if self.change == Clip():
            raise BadPerturbation(f"perturbation '{self.id}' clips at no bound; give low, high or high_column")


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
    perturbations: changes to try, whose effects on the risk levels the summary counts.
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
    perturbations: tuple[Perturbation, ...] = ()

    def __post_init__(self) -> None:
        """Raises BadThreshold, BadPerturbation."""
        names = {each.id for each in self.perturbations}
        if len(self.perturbations) > PERTURBATIONS_MAX or len(names) < len(self.perturbations):
            raise BadPerturbation(
                f"there are {len(self.perturbations)} perturbations with {len(names)} ids; send at most "
                f"{PERTURBATIONS_MAX}, each with an id of its own"
            )
        if not 0 < self.medium_above <= self.high_above < 1:
            raise BadThreshold(
                f"medium risk begins above {self.medium_above:g} and high risk above {self.high_above:g}; "
                "both must lie between 0 and 1, and medium at most at high"
            )


class DriftLevel(StrEnum):
    """How much a drift is to be minded. NONE: little, or no more than chance explains."""

    NONE = "none"
    SHIFTED = "shifted"
    STRONG = "strong"


@dataclass(frozen=True)
class BinDrift:
    """count: of the table's customers. reference_share: of the model's customers with a value, 0-1."""

    label: str
    count: int
    reference_share: float


@dataclass(frozen=True)
class FeatureDrift:
    """One feature, or the score. psi: over the customers with a value; None without any, or without a reference.

    known_share: of the table's customers with a value the model reads; reference_known_share: of the model's.
    unread_count: cells with a word that the model does not know, which it takes for missing.
    """

    feature: str
    psi: float | None
    level: DriftLevel
    known_share: float
    reference_known_share: float
    unread_count: int
    bins: tuple[BinDrift, ...]


@dataclass(frozen=True)
class Drift:
    """A whole table beside the model's customers. features: those that the table has a column for.

    score: of the log-odds before a churn rate moves them. None where the version keeps no deciles of it.
    reference: whom the model learnt from, in words; empty if it does not say. simulated: whether they are no real ones.
    """

    features: tuple[FeatureDrift, ...] = ()
    score: FeatureDrift | None = None
    reference: str = ""
    simulated: bool = False


@dataclass(frozen=True)
class Effect:
    """Customers whose cell a perturbation changes, and whose risk level it raises or lowers. Parts add up."""

    id: str
    changed: int = 0
    raised: int = 0
    lowered: int = 0

    def __add__(self, other: "Effect") -> "Effect":
        return Effect(self.id, self.changed + other.changed, self.raised + other.raised, self.lowered + other.lowered)


@dataclass(frozen=True)
class ScoreSummary:
    """What is said of a whole table once its last row is scored.

    missing_features: features the model knows and the table has no column for.
    reasons_exact: whether every row's reasons are its own; see explain.
    level_shift: what was added to every log-odds because of the churn rate.
    drift: the table beside the model's customers. missing_costs: AUC lost without a missing feature, where it is known.
    effects: of the perturbations, in their order.
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
    drift: Drift = field(default_factory=Drift)
    missing_costs: Mapping[str, float] = field(default_factory=dict)
    effects: tuple[Effect, ...] = ()


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
