"""How a file is read, as the document that is promised to be stable."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from google.protobuf import json_format

from libs.contracts.mapping.v1 import mapping_pb2
from services.gateway.mappings import Mapping, example_decisions, mapping_of, sentence

PAGE = Path(__file__).parents[3] / "docs" / "map-json.md"
SHAPE = {
    "": ["industry", "signature", "mappings", "derived", "questions", "missing_required"],
    "signature": ["tool", "confidence"],
    "mappings": ["column", "canonical", "confidence", "strategy", "evidence", "derivation", "alternatives", "samples"],
    "mappings.derivation": ["canonical", "rule"],
    "mappings.alternatives": ["canonical", "confidence"],
    "derived": ["canonical", "rule", "columns", "parameters", "confidence", "evidence", "examples"],
    "derived.examples": ["before", "after"],
    "questions": ["canonical", "message", "candidates", "may_be_absent", "kind", "options", "column"],
    "questions.options": ["id", "meaning"],
}
"""The promise: fields by where they stand, in the order in which they are printed."""


def suggestion() -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A plan and a question of every kind, as the gateway keeps mapping's messages."""
    derivation = mapping_pb2.Derivation(
        canonical="tenure_months",
        rule="months_since",
        columns=["Created"],
        parameters={"until": "2026-05-31"},
        confidence=93,
        evidence="all are dates",
        examples=[mapping_pb2.Example(before=["2024-05-31"], after="24")],
    )
    created = mapping_pb2.ColumnMapping(
        column="Created",
        canonical="signup_date",
        confidence=93,
        strategy="alias",
        evidence="a known name",
        alternatives=[mapping_pb2.Alternative(canonical="last_login_at", confidence=21)],
    )
    plan = mapping_pb2.Plan(
        industry="saas",
        mappings=[created, mapping_pb2.ColumnMapping(column="Note")],
        derivations=[derivation],
        signature=mapping_pb2.Signature(tool="Stripe", confidence=96),
        missing_required=["mrr"],
    )
    questions = [
        mapping_pb2.Question(canonical="mrr", message="Which is it?", may_be_absent=True),
        mapping_pb2.Question(
            canonical="signup_date",
            message="Does the day come first?",
            kind="reading",
            options=[mapping_pb2.Option(id="day_first", meaning="3/4 is 3 April")],
            column="Created",
        ),
    ]
    return _document(plan), [_document(question) for question in questions]


def _document(message: Any) -> dict[str, Any]:
    document: dict[str, Any] = json_format.MessageToDict(
        message, preserving_proto_field_name=True, always_print_fields_with_no_presence=True
    )
    return document


def fields(value: Any, place: str = "") -> dict[str, list[str]]:
    """The names of all fields, by where they stand; free names of `parameters` are left out."""
    found: dict[str, list[str]] = {}
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            found[place] = list(one)
            for name, inner in one.items():
                if name not in ("parameters", "candidates"):
                    found |= fields(inner, f"{place}.{name}".strip("."))
    return found


def test_the_shape_is_the_promised_one() -> None:
    """Every field, where it stands, and no other."""
    assert SHAPE == fields(mapping_of(*suggestion()).model_dump(mode="json"))


def test_the_page_shows_the_promised_shape() -> None:
    """The example in docs/map-json.md reads as the document, field by field."""
    example = json.loads(re.search(r"```json\n(.*?)```", PAGE.read_text(), re.DOTALL)[1])  # type: ignore[index]
    assert example == Mapping.model_validate(example).model_dump(mode="json")
    assert SHAPE == fields(example)


def test_what_is_unknown_is_null() -> None:
    """A column that is kept, a file of no known tool, a question that names no kind."""
    plan, questions = suggestion()
    del plan["signature"]
    told = mapping_of(plan, questions)
    assert (None, None) == (told.signature, told.mappings[1].canonical)
    assert [("column", None), ("reading", "Created")] == [(one.kind, one.column) for one in told.questions]


def test_a_column_names_what_is_computed_from_it() -> None:
    """Of several derivations, the one that gives the column's own canonical."""
    plan, _ = suggestion()
    assert ("tenure_months", "months_since") == tuple(mapping_of(plan, []).mappings[0].derivation.model_dump().values())
    own = plan["derivations"][0] | {"canonical": "signup_date", "rule": "day_first"}
    plan["derivations"].append(own)
    assert "day_first" == mapping_of(plan, []).mappings[0].derivation.rule


def test_a_column_shows_what_it_holds() -> None:
    """Three of its values, the commonest first and cut to a line; none where the profile does not know it."""
    values = [{"value": value, "count": 1} for value in ("2024-05-31", "x" * 100, "c", "d")]
    told = mapping_of(suggestion()[0], [], {"columns": [{"name": "Created", "top_values": values}]})
    assert [["2024-05-31", "x" * 80, "c"], []] == [column.samples for column in told.mappings]


def test_a_plan_of_before_still_reads() -> None:
    """One that was made when there were no derivations."""
    bare = {"industry": "saas", "mappings": [{"column": "Id", "canonical": "customer_id"}], "missing_required": []}
    assert [("Id", "customer_id", None)] == [
        (one.column, one.canonical, one.derivation) for one in mapping_of(bare, []).mappings
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [("column 'A' has no unit", "Column 'A' has no unit."), ("Which one? Say it!", "Which one? Say it!"), ("", ".")],
)
def test_a_question_is_a_sentence(words: str, told: str) -> None:
    """Several stand one after the other, so each begins with a capital and ends with a mark."""
    assert told == sentence(words)


def test_an_example_answers_every_question() -> None:
    """The likeliest column, the first option, null where that is an answer, or a place to fill in."""
    likely = {"canonical": "mrr", "message": "?", "candidates": [{"column": "Amount", "confidence": 60.0}]}
    unit = {"canonical": "mrr", "message": "?", "kind": "reading", "options": [{"id": "cents", "meaning": "in cents"}]}
    absent = {"canonical": "tenure_months", "message": "?", "may_be_absent": True}
    needed = {"canonical": "customer_id", "message": "?"}
    assert {
        "mrr": {"column": "Amount", "answer": "cents"},
        "tenure_months": None,
        "customer_id": "NAME OF THE COLUMN",
    } == example_decisions([likely, unit, absent, needed])
    assert {"mrr": {"answer": "cents"}} == example_decisions([unit])
