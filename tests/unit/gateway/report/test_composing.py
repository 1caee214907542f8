"""The quality report, composed from the stages' real messages."""

import json
from typing import Any

import pytest
from google.protobuf import json_format
from google.protobuf.message import Message
from pydantic import ValidationError

from libs.contracts.mapping.v1 import mapping_pb2
from libs.contracts.scoring.v1 import scoring_pb2
from libs.contracts.table.v1 import table_pb2
from libs.contracts.validation.v1 import validation_pb2
from services.gateway.report.accuracy import Outlook
from services.gateway.report.composing import compose
from services.gateway.report.document import Report

MARK = "zz-marked-7781"
"""Stands for a cell of the file: it may not appear in the report."""


def document(message: Message) -> dict[str, Any]:
    """The message as the gateway keeps it."""
    return json_format.MessageToDict(
        message, preserving_proto_field_name=True, always_print_fields_with_no_presence=True
    )


def check(id: str, severity: str, cost: float, **rest: Any) -> validation_pb2.Check:
    """A failed check with its advice."""
    fields = {"layer": "LAYER_RANGES", "count": 5, "share": 0.05, "columns": ["mrr"], "rows": [2, 9]} | rest
    return validation_pb2.Check(
        id=id, severity=f"SEVERITY_{severity}", cost=cost, message=f"{id} seen.", advice=f"mend {id}.", **fields
    )


def stage_messages() -> dict[str, Message]:
    """What the stages say of a small file."""
    return {
        "profile": table_pb2.Profile(
            row_count=100,
            columns=[
                table_pb2.ColumnProfile(
                    name=name, filled_count=100, top_values=[table_pb2.ValueCount(value=MARK, count=3)], number_max=7.5
                )
                for name in ("Kunde", "MRR", "Note")
            ],
            text_format=table_pb2.TextFormat(encoding="windows-1252", delimiter=";", compression="gzip"),
            repairs=[table_pb2.Repair(code="ragged_rows", message="2 rows were cut.", count=2, lines=[4, 8])],
        ),
        "plan": mapping_pb2.Plan(
            industry="saas",
            snapshot_date="2026-05-31",
            mappings=[
                mapping_pb2.ColumnMapping(
                    column="Kunde",
                    canonical="customer_id",
                    confidence=97.5,
                    strategy="alias",
                    evidence="the name is a known one",
                    alternatives=[mapping_pb2.Alternative(canonical="customer_name", confidence=3)],
                ),
                mapping_pb2.ColumnMapping(column="MRR", canonical="mrr", confidence=100, strategy="decision"),
                mapping_pb2.ColumnMapping(column="Note"),
            ],
            missing_required=["tenure_months"],
            missing_optional=["nps_score", "plan_type"],
        ),
        "applied": mapping_pb2.ApplySummary(row_count=100),
        "findings": validation_pb2.Findings(
            row_count=100,
            clean_count=95,
            quarantined_count=5,
            score=0.73,
            checks=[
                validation_pb2.Check(id="schema.mrr", layer=1, severity=4, passed=True, message="there."),
                check("note.a", "INFO", 0.0),
                check("note.b", "WARNING", 0.0),
                check("range.mrr", "ERROR", 0.05),
                check("schema.tenure_months", "WARNING", 0.2, layer="LAYER_SCHEMA"),
                check("rule.total", "WARNING", 0.02, layer="LAYER_BUSINESS_RULES"),
            ],
        ),
        "summary": scoring_pb2.ScoreSummary(
            row_count=95,
            family="baseline-saas",
            version="v1",
            digest="ab" * 32,
            horizon_days=30,
            high_count=5,
            medium_count=20,
            low_count=70,
            probability_mean=0.21,
            missing_features=["tenure_months"],
            reasons_exact=True,
        ),
    }


@pytest.fixture
def report() -> Report:
    """The report of the small file."""
    return compose(**{name: document(message) for name, message in stage_messages().items()})


def test_file_is_told_as_it_was_read(report):
    """Rows, columns, encoding, delimiter and repairs are ingest's."""
    assert (100, 3, "windows-1252", ";", "gzip") == (
        report.file.rows,
        report.file.columns,
        report.file.encoding,
        report.file.delimiter,
        report.file.compression,
    )
    assert [("ragged_rows", 2, [4, 8])] == [(one.code, one.count, one.lines) for one in report.file.repairs]


def test_a_check_names_what_the_file_calls_its_columns():
    """A founder knows her own headers: those of the columns, and of what they were worked out from; each once."""
    documents = {name: document(message) for name, message in stage_messages().items()}
    checks = documents["findings"]["checks"]
    checks[1]["columns"], checks[2]["columns"] = ["mrr", "tenure_months"], ["customer_id", "nps_score"]
    derived = {"canonical": "tenure_months", "columns": ["Start", "MRR"]}
    rest = {"rule": "months_since", "confidence": 90.0, "evidence": "dates"}
    documents["plan"]["derivations"] = [derived | rest]
    told = {check.id: check.file_columns for check in compose(**documents).checks}
    assert (["MRR", "Start"], ["Kunde"]) == (told["note.a"], told["note.b"])


def test_columns_are_told_as_they_were_mapped(report):
    """Mapped columns come with confidence, strategy and evidence; the others are kept and named."""
    first = report.columns_mapped[0]
    assert ("Kunde", "customer_id", 97.5, "alias", "the name is a known one") == (
        first.column,
        first.canonical,
        first.confidence,
        first.strategy,
        first.evidence,
    )
    assert ["customer_id", "mrr"] == [one.canonical for one in report.columns_mapped]
    assert ["Note"] == report.extra_columns
    assert (["tenure_months"], ["nps_score", "plan_type"]) == (report.missing_required, report.missing_optional)
    assert ("saas", "2026-05-31") == (report.industry, report.snapshot_date)


def test_rows_add_up(report):
    """Read is clean and quarantined."""
    assert (100, 95, 5) == (report.rows.read, report.rows.clean, report.rows.quarantined)


def test_score_comes_with_what_each_defect_costs(report):
    """Costs are told dearest first; what costs nothing is not among them."""
    assert 0.73 == report.score
    assert [("schema.tenure_months", 0.2), ("range.mrr", 0.05), ("rule.total", 0.02)] == [
        (one.check, one.cost) for one in report.score_costs
    ]
    assert 1 - report.score == pytest.approx(sum(one.cost for one in report.score_costs))


def test_suggestions_are_in_order_of_worth(report):
    """Most worth first; of equal worth the more severe; passed checks suggest nothing."""
    assert ["schema.tenure_months", "range.mrr", "rule.total", "note.b", "note.a"] == [
        one.check for one in report.suggestions
    ]
    assert ("mend schema.tenure_months.", 0.2) == (report.suggestions[0].message, report.suggestions[0].worth)


def test_checks_are_plain_words(report):
    """Every check is listed in validation's order, with layer and severity without protobuf's prefixes."""
    assert 6 == len(report.checks)
    last = report.checks[-1]
    assert ("rule.total", "business_rules", "warning", False, 5, [2, 9]) == (
        last.id,
        last.layer,
        last.severity,
        last.passed,
        last.count,
        last.rows,
    )


def test_predictions_are_scorings(report):
    """Model, horizon, risk counts and mean come from the summary."""
    told = report.predictions
    assert (95, "v1", 30, (5, 20, 70), 0.21, True) == (
        told.rows,
        told.model_version,
        told.horizon_days,
        (told.risk.high, told.risk.medium, told.risk.low),
        told.mean_probability,
        told.reasons_exact,
    )


def test_report_holds_no_cell_of_the_file(report):
    """Top values and other cells of the profile do not enter the report."""
    assert MARK not in report.model_dump_json()


def test_report_is_versioned_json_that_reads_back(report):
    """The report is one JSON document of version 1; reading it gives the same report."""
    text = report.model_dump_json()
    assert 1 == json.loads(text)["schema_version"]
    assert report == Report.model_validate_json(text)


def test_report_of_another_version_is_not_read(report):
    """A reader of version 1 does not mistake version 2."""
    with pytest.raises(ValidationError):
        Report.model_validate(report.model_dump() | {"schema_version": 2})


def test_file_that_was_not_text_has_no_encoding():
    """A table that came as Parquet has no text format."""
    documents = {name: document(message) for name, message in stage_messages().items()}
    del documents["profile"]["text_format"]
    file = compose(**documents).file
    assert (None, None, "") == (file.encoding, file.delimiter, file.compression)


def derived(**derivation: Any) -> Report:
    """The report of the small file with one derivation."""
    messages = stage_messages()
    example = mapping_pb2.Example(before=[MARK], after="24")
    one = {"canonical": "tenure_months", "rule": "months_since", "columns": ["Note"], "evidence": "all are dates"}
    messages["plan"].derivations.add(**(one | derivation), examples=[example])
    return compose(**{name: document(message) for name, message in messages.items()})


def test_what_was_computed_comes_with_rule_and_proof():
    """Rule, columns, evidence and examples are mapping's."""
    (one,) = derived().derivations
    assert ("tenure_months", "months_since", ["Note"], "all are dates") == (
        one.canonical,
        one.rule,
        one.columns,
        one.evidence,
    )
    assert [([MARK], "24")] == [(example.before, example.after) for example in one.examples]


@pytest.mark.parametrize(
    "derivation", [{"canonical": "customer_email"}, {"columns": ["Kunde"]}, {"columns": ["Birth date"]}]
)
def test_what_is_personal_has_no_examples(derivation):
    """Neither what a personal column gives, nor what is computed from one or from a date of birth."""
    assert MARK not in derived(**derivation).model_dump_json()


def test_rows_that_were_folded_or_left_out_are_counted():
    """With what one row is and the tool that wrote it."""
    messages = stage_messages()
    messages["plan"].grain.MergeFrom(mapping_pb2.Grain(row="subscription", rule="The running ones are added up."))
    messages["plan"].signature.MergeFrom(mapping_pb2.Signature(tool="Stripe", confidence=90))
    messages["applied"].MergeFrom(mapping_pb2.ApplySummary(folded_count=7, left_out={"trial": 3}))
    report = compose(**{name: document(message) for name, message in messages.items()})
    assert (7, [("trial", 3)]) == (report.rows.folded, [(one.reason, one.count) for one in report.rows.left_out])
    assert ("subscription", "Stripe") == (report.grain.row, report.signature.tool)


def test_a_repair_stands_with_its_check():
    """None where only a person can mend it."""
    messages = stage_messages()
    messages["findings"].checks[1].repair.MergeFrom(
        validation_pb2.Repair(operation="cap", column="mrr", parameters={"maximum": "100"})
    )
    checks = compose(**{name: document(message) for name, message in messages.items()}).checks
    assert [None, ("cap", {"maximum": "100"})] == [
        one.repair and (one.repair.operation, one.repair.parameters) for one in checks[:2]
    ]


def test_a_repair_says_whose_level_it_could_change():
    """By the check's id; where the cells were taken out before scoring, nothing was tried and nothing is said."""
    messages = stage_messages()
    effect = scoring_pb2.PerturbationEffect
    messages["summary"].perturbation_effects.extend(
        [
            effect(id="rule.total", changed_count=40, raised_count=3, lowered_count=4),
            effect(id="range.mrr", changed_count=0),
        ]
    )
    report = compose(**{name: document(message) for name, message in messages.items()})
    effects = {one.id: one.repair_effect for one in report.checks}
    assert (40, 3, 4) == tuple(effects["rule.total"].model_dump().values())
    assert effects["range.mrr"] is None
    assert {"rule.total": 7, "range.mrr": None, "schema.tenure_months": None, "note.a": None, "note.b": None} == {
        one.check: one.levels_changed for one in report.suggestions
    }


def test_what_is_missing_is_told_with_its_cost():
    """The dearest first; a feature that nobody measured is only named."""
    messages = stage_messages()
    messages["summary"].missing_features.extend(["nps_score", "seat_use"])
    for feature, auc in (("nps_score", 0.001), ("tenure_months", 0.02)):
        messages["summary"].missing_costs.add(feature=feature, auc=auc)
    told = compose(**{name: document(message) for name, message in messages.items()}).predictions
    assert [("tenure_months", 0.02), ("nps_score", 0.001)] == [(one.feature, one.auc) for one in told.missing_costs]
    assert ["tenure_months", "nps_score", "seat_use"] == told.missing_features


def test_the_outlook_is_told_as_it_was_reckoned():
    """And is absent where it was not."""
    documents = {name: document(message) for name, message in stage_messages().items()}
    told = compose(**documents, outlook=Outlook(0.8, 12.5, 0.3, 0.7, 0.1)).predictions.estimated_accuracy
    assert (0.8, 12.5, 0.3, 0.7, 0.1) == (
        told.right_share,
        told.leavers,
        told.top_tenth_share,
        told.auc,
        told.brier,
    )
    assert "No outcome is known yet" in told.assumption
    assert compose(**documents).predictions.estimated_accuracy is None


def test_a_report_of_before_still_reads(report):
    """One that was stored without the newer fields."""
    old = report.model_dump(mode="json")
    for field in ("signature", "grain", "derivations"):
        del old[field]
    for check in old["checks"]:
        del check["repair"], check["repair_effect"]
    for suggestion in old["suggestions"]:
        del suggestion["levels_changed"]
    for field in ("estimated_accuracy", "missing_costs", "drift"):
        del old["predictions"][field]
    del old["rows"]["folded"], old["rows"]["left_out"]
    assert report == Report.model_validate(old)


def test_fields_of_a_newer_stage_are_left_out():
    """A stage that is a release ahead may say more; none of it slips into the report."""
    documents = {name: document(message) for name, message in stage_messages().items()}
    documents["findings"]["checks"][0]["example_cells"] = [MARK]
    documents["plan"]["mappings"][0]["sample"] = MARK
    documents["profile"]["repairs"][0]["sample"] = MARK
    assert MARK not in compose(**documents).model_dump_json()
