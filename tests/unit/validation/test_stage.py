"""The whole stage: rows in, both kinds of rows and findings out."""

import dataclasses
import itertools
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from libs.tables.columns import COLUMNS, TELECOM, Column, Industry, Kind
from services.validation.domain import Layer, Operation, Options, UncheckableTable
from services.validation.stage import Verdict, validate

IBM = Path(__file__).parents[3] / "../shared/data/datasets/ibm_telco_customer_churn.csv"
MARK = "zz-marked-7781"
"""Stands for personal data: it may not appear in any finding."""


def test_rows_keep_their_order_and_extras(saas):
    """Both kinds of rows come in the order of the file, with every column they had."""
    outcome = saas(
        60, mrr=[-1.0 if n % 3 == 0 else 5.0 for n in range(60)], **{"extra.Note": [f"n{n}" for n in range(60)]}
    )
    assert [n for n in range(1, 61) if n % 3 != 1] == outcome.clean["source_row"].to_pylist()
    assert [n for n in range(1, 61) if n % 3 == 1] == outcome.quarantined["source_row"].to_pylist()
    assert [f"n{n}" for n in range(0, 60, 3)] == outcome.quarantined["extra.Note"].to_pylist()
    assert (60, 40, 20) == (
        outcome.findings.row_count,
        outcome.findings.clean_count,
        outcome.findings.quarantined_count,
    )


def test_sound_table_scores_one(saas):
    """A table with every optional column and nothing wrong has the score 1."""
    sound = {
        Kind.NUMBER: lambda n: float(n % 5),
        Kind.CATEGORY: lambda n: "ab"[n % 2],
        Kind.FLAG: lambda n: n % 3 == 0,
    }
    cells = {
        column.name: [
            column.values[n % len(column.values)] if column.values else sound[column.kind](n) for n in range(60)
        ]
        for column in COLUMNS[Industry.SAAS]
        if column.feature and not column.required and column.kind in sound
    }
    cells |= {
        "mrr": [10.0 + n % 7 for n in range(60)],
        "tenure_months": [12.0 + n % 5 for n in range(60)],
        "total_revenue": [150.0 + n for n in range(60)],
        "seats_purchased": [9.0 + n % 2 for n in range(60)],
        "seats_used": [float(n % 3) for n in range(60)],
        "nps_score": [float(n * 37 % 60) for n in range(60)],
    }
    outcome = saas(60, **cells)
    assert [] == [check.id for check in outcome.findings.checks if check.cost]
    assert 1.0 == outcome.findings.score


def test_empty_batches_are_not_emitted(table):
    """A batch without rows gives no batch, and neither does a verdict without rows."""
    given_table = table(Industry.SAAS, 3)
    empty = given_table.slice(0, 0).combine_chunks().to_batches() or [
        pa.RecordBatch.from_pylist([], given_table.schema)
    ]
    validation = validate([*empty, *given_table.to_batches(), *empty], Options(Industry.SAAS, given_table.schema))
    assert [(Verdict.CLEAN, 3)] == [(verdict, rows.num_rows) for verdict, rows in validation]


def test_table_without_rows_has_findings(saas):
    """No rows at all: one fatal finding, nothing divided by zero."""
    findings = saas(0).findings
    assert (0, 0, 0, 0.0) == (findings.row_count, findings.clean_count, findings.quarantined_count, findings.score)


def test_schema_is_refused_before_any_batch():
    """A table that cannot be checked is refused at once."""
    with pytest.raises(UncheckableTable):
        validate([], Options(Industry.SAAS, pa.schema([])))


def test_findings_come_in_the_order_of_the_layers(saas):
    """Layer by layer, and every id once."""
    checks = saas(60).findings.checks
    order = [list(Layer).index(check.layer) for check in checks]
    assert sorted(order) == order
    assert len(checks) == len({check.id for check in checks})


DATES = st.sampled_from([None, date(2020, 1, 1), date(2022, 1, 1), date(2024, 1, 1)])
FAULTY = {
    "customer_id": st.sampled_from(["", "a", "b", "c", "d"]),
    "tenure_months": st.sampled_from([None, -1.0, 0.0, 1.0, 30.0, 700.0]),
    "mrr": st.sampled_from([None, -1.0, 0.0, 9.5, 1e4]),
    "total_revenue": st.sampled_from([None, -1.0, 0.0, 1e6, float("inf")]),
    "seats_used": st.sampled_from([None, 1.0, 5.0]),
    "seats_purchased": st.sampled_from([None, 1.0, 5.0]),
    "churned": st.sampled_from([None, False, True]),
    "signup_date": DATES,
    "canceled_at": DATES,
    "billing_interval": st.sampled_from([None, "monthly", "yearly", "fortnightly"]),
    "status": st.sampled_from([None, "active", "canceled"]),
    "extra.Mixed": st.sampled_from([None, "", "3", "4.5", "word"]),
}
"""Cells of a SaaS table with every kind of fault."""
UNREAD = st.sampled_from([[], [], [], ["mrr"], ["nps_score", "tenure_months"], ["nps_score"]])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(UNREAD, *FAULTY.values()), min_size=1, max_size=25), st.lists(st.integers(0, 9), max_size=8))
def test_result_does_not_depend_on_the_batches(table, run, rows, sizes):
    """However the rows are cut, the same rows come out, in the same order, with the same findings."""
    # The rows of one customer are adjacent, as the contract asks.
    unread, *columns = zip(*sorted(rows, key=lambda row: row[1]), strict=True)
    size = len(rows)
    whole_table = table(Industry.SAAS, size, dict(enumerate(unread, 1)), **dict(zip(FAULTY, columns, strict=True)))
    whole, cut = run(whole_table), run(whole_table, sizes=sizes)
    assert whole.clean.equals(cut.clean) and whole.quarantined.equals(cut.quarantined)
    assert whole.findings == cut.findings
    assert size == whole.clean.num_rows + whole.quarantined.num_rows
    seen = sorted(itertools.chain(whole.clean["source_row"].to_pylist(), whole.quarantined["source_row"].to_pylist()))
    assert list(range(1, size + 1)) == seen


def marked(column: Column) -> list:
    """Cells of the column that stand for personal data where the type allows it, odd ones otherwise."""
    if column.kind in (Kind.TEXT, Kind.CATEGORY):
        return [MARK] * 60
    return [{Kind.NUMBER: 77_817_781.0, Kind.FLAG: True, Kind.DATE: date(1977, 8, 1)}[column.kind]] * 60


@pytest.mark.parametrize("industry", list(Industry))
def test_findings_and_reasons_hold_no_cells(table, run, industry):
    """Neither the words nor the numbers of the file appear in a finding or a reason."""
    columns = {column.name: marked(column) for column in COLUMNS[industry]}
    given_table = table(
        industry, 60, {n: ["mrr", "churned"] for n in range(1, 30)}, **columns, **{"extra.X": [MARK] * 60}
    )
    outcome = run(given_table, industry)
    text = str([dataclasses.asdict(check) for check in outcome.findings.checks]) + str(outcome.reasons)
    assert not any(trace in text for trace in (MARK, "77817781", "77,817,781", "1977"))
    assert any(not check.passed for check in outcome.findings.checks)


def test_marked_people_appear_in_no_finding(table):
    """Names, addresses and ids, each its own, in every column that can hold them: no check repeats one."""
    size = 120
    left = [n % 3 == 0 for n in range(size)]

    def people(kind: str) -> list[str]:
        return [f"{MARK}-{kind}-{n}@example.test" for n in range(size)]

    given_table = table(
        Industry.SAAS,
        size,
        {n: ["nps_score"] for n in range(1, 20)},
        customer_id=[f"{MARK}-id-{n // 2}" for n in range(size)],
        mrr=[-1.0 if n % 10 == 0 else 5.0 for n in range(size)],
        churned=left,
        signup_date=[date(2024, 5, 1)] * size,
        canceled_at=[date(2024, 1, 1) if gone else None for gone in left],
        status=[f"{MARK} active" if n % 2 else "active" for n in range(size)],
        billing_interval=people("interval"),
        industry=people("industry"),
        customer_name=people("name"),
        customer_email=people("mail"),
        **{
            "extra.Owner": people("owner"),
            "extra.Churn Reason": [f"{MARK} told us" if gone else "" for gone in left],
            "extra.Twin": [f"{MARK} gone" if gone else f"{MARK} here" for gone in left],
        },
    )
    options = Options(Industry.SAAS, given_table.schema, snapshot=date(2024, 6, 1))
    validation = validate(given_table.to_batches(max_chunksize=50), options)
    reasons = [rows["reason"].to_pylist() for verdict, rows in validation if verdict is Verdict.QUARANTINED]
    found = validation.findings().checks
    assert MARK not in str([dataclasses.asdict(check) for check in found]) + str(reasons)
    failed = {check.id for check in found if not check.passed}
    assert {"rule.canceled_before_signup", "readiness.duplicates", "range.billing_interval", "range.mrr"} <= failed


def test_every_repair_is_complete(table, run):
    """Each operation is offered where it fits, with the parameters that the contract states."""
    wanted = {
        Operation.FILL_MISSING: [{"statistic"}],
        Operation.CAP: [{"minimum"}, {"minimum", "maximum"}, {"maximum_column"}],
        Operation.DROP_COLUMN: [set()],
        Operation.DIVIDE: [{"divisor"}],
        Operation.REMOVE_DUPLICATES: [{"keep"}],
    }
    left = [n % 2 == 0 for n in range(200)]
    outcome = run(
        table(
            Industry.SAAS,
            200,
            customer_id=[f"c{min(n, 198)}" for n in range(200)],
            tenure_months=[None, -1.0] + [12.0] * 198,
            mrr=[9900.0 + n for n in range(200)],
            total_revenue=[-1.0] + [12 * 99.0] * 199,
            seats_used=[9.0] * 200,
            seats_purchased=[8.0] * 200,
            discount_percent=[0.2] * 200,
            country=[None] + ["x"] * 199,
            churned=left,
            **{"extra.Twin": [str(gone) for gone in left]},
        )
    )
    repairs = [check.repair for check in outcome.findings.checks if check.repair]
    assert set(Operation) == {repair.operation for repair in repairs}
    assert all(set(repair.parameters) in wanted[repair.operation] for repair in repairs)
    assert all(not check.passed for check in outcome.findings.checks if check.repair)


def ibm_table() -> pa.Table:
    """IBM's own file in canonical columns."""
    if not IBM.exists():
        pytest.skip("the shared data sets are not on this machine")
    options = pyarrow.csv.ConvertOptions(
        column_types={"SeniorCitizen": pa.string()},
        null_values=["", " "],
        strings_can_be_null=True,
        true_values=[],
        false_values=[],
    )
    raw = pyarrow.csv.read_csv(IBM, convert_options=options)
    names = {name.lower(): name for name in raw.column_names} | {"tenuremonths": "tenure", "churned": "Churn"}
    arrays = {"source_row": pa.array(range(1, raw.num_rows + 1), pa.int64())}
    for column in TELECOM:
        texts = raw[names[column.name.replace("_", "")]].cast(pa.string()).to_pylist()
        read = {
            Kind.NUMBER: float,
            Kind.FLAG: lambda text: text in ("Yes", "1", "true"),
            Kind.CATEGORY: str.lower,
            Kind.TEXT: str,
        }[column.kind]
        arrays[column.name] = pa.array([None if text is None else read(text) for text in texts], column.arrow_type)
    return pa.table(arrays)


def test_ibm_telco_is_clean(run):
    """All 7,043 rows stay, the 11 with a blank total among them; only those blanks cost anything."""
    outcome = run(ibm_table(), Industry.TELECOM, sizes=[4096])
    assert (7043, 7043, 0) == (
        outcome.findings.row_count,
        outcome.findings.clean_count,
        outcome.findings.quarantined_count,
    )
    assert 11 == outcome["readiness.missing.total_charges"].count == outcome.clean["total_charges"].null_count
    assert {"readiness.missing.total_charges"} == {check.id for check in outcome.findings.checks if not check.passed}
    assert 0.9999 < outcome.findings.score < 1
    assert "tenure_months tells most alone of who left (AUC 0.74)" in outcome["readiness.signal"].message
    assert not [id for id in outcome.ids if id.startswith("readiness.leak.")]
