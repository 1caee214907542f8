"""Whether a plan fits a table, and itself."""

from collections import Counter
from collections.abc import Sequence

import pyarrow as pa

from libs.tables.columns import SOURCE_ROW, by_name
from services.mapping.derivations.rules import RULES
from services.mapping.domain import Plan, PlanMismatch


def check(plan: Plan, schema: pa.Schema) -> None:
    """Raises PlanMismatch where the plan does not fit the table's schema, or itself."""
    if SOURCE_ROW not in schema.names:
        raise PlanMismatch(f"the table has no column '{SOURCE_ROW}', which says each row's place in the file")
    if not pa.types.is_integer(schema.field(SOURCE_ROW).type):
        raise PlanMismatch(f"'{SOURCE_ROW}' holds {schema.field(SOURCE_ROW).type}; it should hold whole numbers")
    _check_names([mapping.column for mapping in plan.mappings], [name for name in schema.names if name != SOURCE_ROW])
    canonical = [mapping.canonical for mapping in plan.mappings if mapping.canonical]
    unknown = next((name for name in canonical if name not in by_name(plan.industry)), None)
    if unknown is not None:
        raise PlanMismatch(f"the plan maps to '{unknown}', which is no canonical column of {plan.industry.value}")
    twice = next((name for name, count in Counter(canonical).items() if count > 1), None)
    if twice is not None:
        raise PlanMismatch(f"the plan maps two columns to '{twice}'")
    _check_derived(plan)
    for field in schema:
        if pa.types.is_nested(field.type) or pa.types.is_binary(field.type):
            raise PlanMismatch(f"column '{field.name}' holds {field.type}, which cannot be read as text")


def _check_names(planned: Sequence[str], present: Sequence[str]) -> None:
    if len(set(planned)) < len(planned) or len(set(present)) < len(present):
        raise PlanMismatch("a column name stands twice; names must be unique")
    absent = next((name for name in planned if name not in set(present)), None)
    if absent is not None:
        raise PlanMismatch(f"the plan has a column '{absent}' that the table has not")
    unplanned = next((name for name in present if name not in set(planned)), None)
    if unplanned is not None:
        raise PlanMismatch(f"the table has a column '{unplanned}' that the plan has not")


def _check_derived(plan: Plan) -> None:
    """Every rule is known and has its columns, and what is folded or left out is there."""
    columns = {mapping.column for mapping in plan.mappings}
    given = {*plan.sources, *(each.canonical for each in plan.derivations)}
    for each in plan.derivations:
        if each.rule not in RULES:
            raise PlanMismatch(f"the plan derives {each.canonical} by '{each.rule}', a rule that is not known")
        rule = RULES[each.rule]
        if each.canonical not in by_name(plan.industry):
            raise PlanMismatch(
                f"the plan derives '{each.canonical}', which is no canonical column of {plan.industry.value}"
            )
        if not 0 < len(each.columns) <= len(rule.reads):
            raise PlanMismatch(f"'{each.rule}' reads up to {len(rule.reads)} columns; the plan has {len(each.columns)}")
        read = [each.parameters.get(name, "") for name in rule.reads_canonical]
        if not set(read) <= given or not set(each.columns) <= columns:
            raise PlanMismatch(f"the plan derives {each.canonical} from a column that nothing gives")
    named = [each.canonical for each in plan.derivations]
    twice = next((name for name in named if named.count(name) > 1), None)
    if twice is not None:
        raise PlanMismatch(f"the plan derives {twice} twice")
    if plan.grain and "customer_id" not in plan.sources:
        raise PlanMismatch("the plan folds a customer's rows, but says no column that tells customers apart")
    if plan.grain and plan.grain.order and plan.grain.order not in columns | given:
        raise PlanMismatch(f"the plan orders rows by '{plan.grain.order}', which nothing gives")
    absent = next((each.column for each in plan.exclusions if each.column not in columns), None)
    if absent is not None:
        raise PlanMismatch(f"the plan leaves rows out by a column '{absent}' that it has not")
