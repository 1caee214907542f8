"""A person's words on columns, checked before they override every proposal."""

from collections.abc import Sequence

from libs.tables.columns import COLUMNS, Industry, by_name
from services.mapping.asking import Decision, SuggestOptions
from services.mapping.domain import BadDecision
from services.mapping.proofs import cents, grain, money, tenure
from services.mapping.questions import NEVER_ABSENT
from services.mapping.readings import DAY_FIRST, DECIMAL_COMMA, DECIMAL_POINT, MONTH_FIRST

OPTION_IDS = tuple(
    option.id
    for option in (
        *(DAY_FIRST, MONTH_FIRST, DECIMAL_POINT, DECIMAL_COMMA),
        *(money.PER_PERIOD, money.PER_MONTH, money.PER_YEAR, money.SEVERAL, money.PER_SEAT, money.IN_TOTAL),
        *(*cents.OPTIONS, *tenure.UNITS, *grain.OPTIONS),
    )
)
"""What a person may answer to a question on how to read a column."""


def possible_industries(options: SuggestOptions) -> tuple[Industry, ...]:
    """The stated industry, or else those whose columns the decisions name. Raises BadDecision if there is none."""
    if options.industry is not None:
        return (options.industry,)
    named = {decision.canonical for decision in options.decisions}
    fitting = tuple(industry for industry in COLUMNS if named <= by_name(industry).keys())
    if fitting:
        return fitting
    known = set().union(*(by_name(industry) for industry in COLUMNS))
    strange = sorted(named - known)
    if strange:
        raise _unknown(strange[0], None)
    raise BadDecision(f"no industry has all of the columns {_listed(sorted(named))}; state the industry")


def checked(decisions: Sequence[Decision], industry: Industry, headers: Sequence[str]) -> dict[str, str | None]:
    """The file's column, or None for "not in this file", by canonical column; a later word on the same one wins.

    Raises BadDecision for a column that is unknown, given to two, or may not be absent.
    """
    last = {each.canonical: each.column for each in decisions if each.column is not None or each.answer is None}
    owners: dict[str, str] = {}
    for canonical, column in last.items():
        if canonical not in by_name(industry):
            raise _unknown(canonical, industry)
        if column is None:
            if canonical == NEVER_ABSENT:
                raise BadDecision(f"'{NEVER_ABSENT}' cannot be left out: name the column that tells customers apart")
            continue
        if column not in headers:
            raise BadDecision(f"'{column}' was named as {canonical}, but the file has no column of that name")
        if column in owners:
            raise BadDecision(f"'{column}' was named as both {owners[column]} and {canonical}; it can be only one")
        owners[column] = canonical
    return last


def answers(decisions: Sequence[Decision], industry: Industry) -> dict[str, tuple[str, ...]]:
    """The options that a person chose for questions on how to read columns, by canonical column, the latest last.

    Raises BadDecision for an option that no question has.
    """
    chosen: dict[str, tuple[str, ...]] = {}
    for decision in decisions:
        if decision.answer is None:
            continue
        if decision.canonical not in by_name(industry):
            raise _unknown(decision.canonical, industry)
        if decision.answer not in OPTION_IDS:
            raise BadDecision(
                f"'{decision.answer}' answers no question about {decision.canonical}; answers are {_listed(OPTION_IDS)}"
            )
        chosen[decision.canonical] = (*chosen.get(decision.canonical, ()), decision.answer)
    return chosen


def _unknown(canonical: str, industry: Industry | None) -> BadDecision:
    where = f"of {industry.value} " if industry else ""
    names = _listed([column.name for column in COLUMNS[industry]]) if industry else "those of the data dictionary"
    return BadDecision(f"there is no canonical column {where}named '{canonical}'; there are {names}")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
