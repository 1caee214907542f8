"""The mapping stage: a profile becomes a plan or questions, and a plan turns batches into canonical ones; pure."""

import pyarrow as pa

from libs.tables.columns import SOURCE_ROW, Industry
from services.mapping.application import Application
from services.mapping.asking import Suggestion, SuggestOptions
from services.mapping.assignment import DEFAULT_INDUSTRY, DEFAULT_INDUSTRY_LEAD
from services.mapping.cells import Cells
from services.mapping.decisions import possible_industries
from services.mapping.domain import BadProfile, Plan
from services.mapping.profiles import Profile
from services.mapping.proposal import Proposal


def suggest(profile: Profile, sample: pa.RecordBatch | None, options: SuggestOptions) -> Suggestion:
    """A plan for the table, and what must be answered before it is applied.

    Where the industry is not stated, each one that the decisions allow is tried and the one whose
    features are better covered is taken; SaaS where it is not plainly another.
    sample: some rows of the table as text, or None.
    Raises BadProfile, and BadDecision for a decision that cannot be followed.
    """
    columns = _cells(profile, sample)
    proposals = [Proposal(columns, industry, options) for industry in possible_industries(options)]
    best = max(proposals, key=lambda proposal: proposal.coverage - _lead(proposal.industry))
    return best.suggestion()


def _lead(industry: Industry) -> float:
    return 0.0 if industry is DEFAULT_INDUSTRY else DEFAULT_INDUSTRY_LEAD


def apply(plan: Plan, schema: pa.Schema) -> Application:
    """The plan put to a table of this schema, ready for its batches. Raises PlanMismatch."""
    return Application(plan, schema)


def _cells(profile: Profile, sample: pa.RecordBatch | None) -> list[Cells]:
    """The columns of the profile, each with its cells of the sample."""
    columns = [column for column in profile.columns if column.name != SOURCE_ROW]
    names = {column.name for column in columns}
    if not columns:
        raise BadProfile("the profile has no columns")
    if len(names) < len(columns):
        raise BadProfile("the profile has a column name twice; names must be unique")
    if sample is None:
        return [Cells(column) for column in columns]
    strange = next((name for name in sample.schema.names if name not in names and name != SOURCE_ROW), None)
    if strange is not None:
        raise BadProfile(f"the sample has a column '{strange}' that the profile has not")
    present = set(sample.schema.names)
    return [
        Cells(column, sample.column(column.name).cast(pa.string()) if column.name in present else None)
        for column in columns
    ]
