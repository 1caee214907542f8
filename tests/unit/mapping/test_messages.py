"""Messages say what the domain says, both ways."""

from datetime import date

import pyarrow as pa
import pytest

from libs.contracts.mapping.v1 import mapping_pb2 as pb
from libs.contracts.table.v1 import table_pb2
from libs.tables import wire
from libs.tables.columns import Industry
from services.mapping import messages
from services.mapping.asking import Candidate, Decision, Option, Question, Suggestion, SuggestOptions
from services.mapping.domain import (
    Alternative,
    ApplyReport,
    BadSnapshotDate,
    ColumnMapping,
    Derivation,
    Exclusion,
    Fold,
    Grain,
    MalformedStream,
    Plan,
    PlanMismatch,
    Reading,
    Strategy,
    UnknownIndustry,
)
from services.mapping.profiles import ColumnProfile, Format, Profile
from services.mapping.settings import Settings


def test_a_profile_is_read_whole():
    """Counts, top values, formats and numbers arrive; an unknown format is passed over."""
    column = table_pb2.ColumnProfile(
        name="MRR", filled_count=3, blank_count=1, distinct_count=2, number_min=0, number_max=9, number_mean=4.5
    )
    column.top_values.add(value="9", count=2)
    column.formats.add(format=table_pb2.FORMAT_DECIMAL, count=3)
    column.formats.add(format=99, count=1)  # type: ignore[arg-type]  # a format of a later version
    expected = ColumnProfile("MRR", 3, 1, 2, (("9", 2),), {Format.DECIMAL: 3}, 0.0, 9.0, 4.5)
    assert Profile(4, (expected,)) == messages.read_profile(table_pb2.Profile(row_count=4, columns=[column]))


def test_absent_numbers_are_none():
    """A column without numbers has no least and no greatest."""
    read = messages.read_profile(table_pb2.Profile(columns=[table_pb2.ColumnProfile(name="a")])).columns[0]
    assert (None, None, None) == (read.number_min, read.number_max, read.number_mean)


def test_every_format_is_known():
    """No format of the contract is forgotten."""
    known = set(table_pb2.Format.values()) - {table_pb2.FORMAT_UNSPECIFIED}
    profile = table_pb2.Profile(columns=[table_pb2.ColumnProfile(name="a", filled_count=1)])
    for each in known:
        profile.columns[0].formats.add(format=each, count=1)
    assert set(Format) == set(messages.read_profile(profile).columns[0].formats)


def test_options_are_read():
    """An absent column is "not in this file"; an empty industry is detected; the settings give thresholds."""
    request = pb.SuggestRequest(
        snapshot_date="2026-05-31",
        decisions=[pb.Decision(canonical="mrr", column="Price"), pb.Decision(canonical="country")],
    )
    expected = SuggestOptions(
        date(2026, 5, 31), None, (Decision("mrr", "Price"), Decision("country", None)), required_min=81, optional_min=42
    )
    settings = Settings(required_confidence_min=81, optional_confidence_min=42)
    assert expected == messages.read_options(request, settings)


@pytest.mark.parametrize(
    ("request_", "error", "message"),
    [
        (pb.SuggestRequest(industry="banking", snapshot_date="2026-05-31"), UnknownIndustry, "no industry 'banking'"),
        (pb.SuggestRequest(snapshot_date="31.05.2026"), BadSnapshotDate, "'31.05.2026' is not a snapshot date"),
        (pb.SuggestRequest(), BadSnapshotDate, "write it as 2026-05-31"),
    ],
)
def test_options_that_cannot_work_are_refused(request_, error, message):
    """An unknown industry or date never works."""
    with pytest.raises(error, match=message):
        messages.read_options(request_, Settings())


def test_a_missing_sample_is_none(as_batch):
    """The sample may be left out."""
    batch = as_batch({"a": ["1"]})
    (packed,) = wire.pack_batches([batch])
    assert messages.read_sample(pb.SuggestRequest()) is None
    assert batch.equals(messages.read_sample(pb.SuggestRequest(sample=packed)))


def test_a_plan_survives_the_way_to_apply():
    """What Apply needs of a plan comes back from its message."""
    mappings = (
        ColumnMapping("MRR", "mrr", 99.0, Strategy.ALIAS, "why", (Alternative("total_revenue", 30.0),)),
        ColumnMapping("Note"),
    )
    plan = Plan(Industry.SAAS, date(2026, 5, 31), mappings, ("customer_id",), ("country",))
    question = Question("customer_id", "Which?", (Candidate("Note", 12.5),), may_be_absent=False)
    response = messages.suggest_response(Suggestion(plan, (question,)))
    assert ("alias", "why", 30.0) == (
        response.plan.mappings[0].strategy,
        response.plan.mappings[0].evidence,
        response.plan.mappings[0].alternatives[0].confidence,
    )
    assert (["customer_id"], ["country"]) == (response.plan.missing_required, response.plan.missing_optional)
    assert ("customer_id", 12.5, False) == (
        response.questions[0].canonical,
        response.questions[0].candidates[0].confidence,
        response.questions[0].may_be_absent,
    )
    schema = wire.pack_schema(pa.schema([("MRR", pa.string()), ("Note", pa.string()), ("source_row", pa.int64())]))
    options = pb.ApplyOptions(plan=response.plan, schema=schema)
    read, _ = messages.read_apply_options(iter([pb.ApplyRequest(options=options)]))
    assert (plan.industry, plan.sources, plan.extras) == (read.industry, read.sources, read.extras)


def test_derivations_and_grain_survive_the_way_to_apply():
    """Rules with their columns and parameters, readings, folds and exclusions come back as they went."""
    plan = Plan(
        Industry.SAAS,
        date(2026, 5, 31),
        (ColumnMapping("ID", "customer_id"), ColumnMapping("Begin", "signup_date", format=Reading.DAY_FIRST)),
        derivations=(Derivation("mrr", "amount_per_period", ("Price",), {"months": "3"}),),
        grain=Grain("subscription", "live rows add up", {"mrr": Fold.SUM_LIVE}, "signup_date"),
        exclusions=(Exclusion("State", ("trial",), "trial"),),
    )
    response = messages.suggest_response(Suggestion(plan, ()))
    schema = wire.pack_schema(pa.schema([("ID", pa.string())]))
    options = pb.ApplyOptions(plan=response.plan, schema=schema)
    assert plan == messages.read_apply_options(iter([pb.ApplyRequest(options=options)]))[0]
    options.plan.grain.folds["mrr"] = "median"
    with pytest.raises(PlanMismatch, match="the plan says 'median', which this version does not know"):
        messages.read_apply_options(iter([pb.ApplyRequest(options=options)]))


def test_a_question_on_a_reading_goes_out_and_its_answer_comes_in():
    """Kind, column and options of a question; answer and day of a decision."""
    question = Question("mrr", "How?", (), True, "reading", (Option("cents", "in cents"),), "Price")
    plan = Plan(Industry.SAAS, date(2026, 5, 31), ())
    sent = messages.suggest_response(Suggestion(plan, (question,))).questions[0]
    assert ("reading", "Price", [("cents", "in cents")]) == (
        sent.kind,
        sent.column,
        [(option.id, option.meaning) for option in sent.options],
    )
    answer = pb.Decision(canonical="mrr", answer="cents", told_on="2026-01-02")
    request = pb.SuggestRequest(snapshot_date="2026-05-31", decisions=[answer])
    assert (Decision("mrr", None, "cents", "2026-01-02"),) == messages.read_options(request, Settings()).decisions


def test_what_was_folded_and_left_out_is_summed_up():
    """The summary carries both counts."""
    summary = messages.summary_response(ApplyReport(9, (), 4, {"trial": 2})).summary
    assert (9, 4, {"trial": 2}) == (summary.row_count, summary.folded_count, dict(summary.left_out))


def test_options_come_first_and_once():
    """A stream in another order is refused."""
    with pytest.raises(MalformedStream, match="takes its options first"):
        messages.read_apply_options(iter([pb.ApplyRequest()]))
    with pytest.raises(MalformedStream, match="takes its options first"):
        messages.read_apply_options(iter([]))
    with pytest.raises(MalformedStream, match="only batches"):
        list(messages.read_batches(iter([pb.ApplyRequest(options=pb.ApplyOptions())])))
