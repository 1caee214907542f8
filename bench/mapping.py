"""Mapping judged on header rows of real exports, by cross-validation over tools: python -m bench.mapping [--strict]

In each fold one tool is held out: names that were seen in no other tool, and signatures of it, are forgotten before
its rows are mapped. With --strict every alias that equals a header of the held-out tool and of no other row is
forgotten too, however general it is. Another list of the same form, whose rows may carry `samples`, is judged when its
path is given. Prints shares with their counts, the calibration error with its bins, and every error; exits with 1 when
a limit of the acceptance is missed. Raw scores are what calibration.py is fitted to.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from pathlib import Path

from bench.headers import TODAY, HeaderRow, file_bytes, header_rows
from libs.tables.columns import Industry, by_name, required
from libs.tables.wire import unpack_batch
from services.ingest.domain import Limits, Options
from services.ingest.messages import responses
from services.ingest.stage import parse
from services.mapping.aliases import ALIASES
from services.mapping.asking import SuggestOptions
from services.mapping.domain import Plan
from services.mapping.messages import read_profile
from services.mapping.names import compact
from services.mapping.provenance import SEEN_ONLY_IN
from services.mapping.stage import suggest

SHARES_MIN = {"columns": 0.97, "mapped columns": 0.92}
REQUIRED_WRONG_MAX = 1
CALIBRATION_ERROR_MAX = 0.03
WRONG_REQUIRED_CONFIDENCE_MAX = 80
BINS = (0, 50, 60, 70, 80, 90, 95, 98, 100.01)
SAMPLE_ROWS = 1_000


@dataclass
class Score:
    """Counts: right and all columns by kind; (confidence, right) of what was mapped; errors in words."""

    counts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    sure: list[tuple[float, bool]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    required_wrong: list[float] = field(default_factory=list)
    required_asked: int = 0
    beyond: list[str] = field(default_factory=list)

    def count(self, kind: str, right: bool) -> None:
        self.counts[kind][0] += right
        self.counts[kind][1] += 1


def main(arguments: Sequence[str]) -> int:
    """Scores the list, or another of the same form, and prints the figures."""
    rows = header_rows(*(Path(each) for each in arguments if not each.startswith("--")))
    score = Score()
    for row in rows:
        judge(score, row, mapped(row, forgotten(rows, row.tool, strict="--strict" in arguments), frozenset([row.tool])))
    return 0 if printed(score) else 1


def forgotten(rows: Iterable[HeaderRow], tool: str, *, strict: bool) -> frozenset[str]:
    """Compact aliases that would not be known had `tool` never been seen."""
    own = {alias for alias, tools in SEEN_ONLY_IN.items() if tools <= {tool}}
    if strict:
        mine = {compact(name) for row in rows if row.tool == tool for name in row.columns}
        others = {compact(name) for row in rows if row.tool != tool for name in row.columns}
        canonical = {compact(name) for industry in Industry for name in ALIASES[industry]}
        own |= mine - others - canonical
    return frozenset(own)


def mapped(row: HeaderRow, names: frozenset[str], tools: frozenset[str]) -> Plan:
    """The row's plan, through ingest as any file."""
    table = parse([file_bytes(row)], Options(), Limits())
    answers = list(responses(table))
    sample = next(unpack_batch(answer.batch) for answer in answers if answer.WhichOneof("part") == "batch")
    options = SuggestOptions(TODAY, forgotten_names=names, forgotten_tools=tools)
    return suggest(read_profile(answers[-1].profile), sample.slice(0, SAMPLE_ROWS), options).plan


def judge(score: Score, row: HeaderRow, plan: Plan) -> None:
    """Adds the row's columns to the score.

    Where none of a column's right answers is a column of the plan's industry, leaving it alone is right. A match to a
    canonical column that the list does not know at all (the telecom services) is counted apart.
    """
    known = by_name(plan.industry)
    vocabulary = _vocabulary()
    for mapping in plan.mappings:
        name = next((each for each in row.columns if each.strip() == mapping.column.strip()), None)
        if name is None:
            continue
        gold, right_ones = set(row.gold[name]) & set(known), row.right[name]
        found = mapping.canonical
        if found and not gold and found not in vocabulary:
            score.beyond.append(f"{row.source}: {name} -> {found}")
            continue
        right = found in right_ones if found else not gold
        score.count("columns", right)
        score.count("mapped columns" if gold else "columns to leave alone", right)
        if found:
            score.sure.append((mapping.confidence, found in right_ones))
        _judge_required(score, found, gold, right_ones, set(required(plan.industry)), mapping.confidence)
        if not right:
            wanted = "|".join(sorted(gold)) or "nothing"
            score.errors.append(
                f"{row.source}: '{name}' -> {found} ({mapping.confidence:.0f}), should be {wanted}; {mapping.evidence}"
            )


def _judge_required(
    score: Score, found: str | None, gold: set[str], right: frozenset[str], needed: set[str], confidence: float
) -> None:
    if gold & needed:
        score.count("required columns", found in right)
        score.required_asked += found is None
    if (found in needed and found not in right) or (gold & needed and found and found not in right):
        score.required_wrong.append(confidence)


def _vocabulary() -> set[str]:
    rows = header_rows()
    return set(chain.from_iterable(answers for row in rows for answers in row.right.values()))


def calibration_error(sure: Sequence[tuple[float, bool]]) -> tuple[float, list[str]]:
    """The expected calibration error, 0-1, over BINS, and a line for each bin that is not empty."""
    error, lines = 0.0, []
    for low, high in pairwise(BINS):
        held = [(confidence, right) for confidence, right in sure if low <= confidence < high]
        if held:
            said = sum(confidence for confidence, _ in held) / len(held) / 100
            share = sum(right for _, right in held) / len(held)
            error += abs(said - share) * len(held) / len(sure)
            lines.append(f"  {low:>3}-{min(high, 100):<5.4g} said {said:.3f}, right {share:.3f} of {len(held)}")
    return error, lines


def printed(score: Score) -> bool:
    """Prints the figures; whether all limits are kept."""
    kept = True
    print(*score.errors, sep="\n")
    for kind, (right, every) in score.counts.items():
        least = SHARES_MIN.get(kind, 0)
        kept &= right / every >= least
        print(f"{kind}: {right / every:.2%} ({right} of {every}){f', at least {least:.0%}' if least else ''}")
    error, lines = calibration_error(score.sure)
    worst = max(score.required_wrong, default=0)
    print(
        f"required columns mapped wrongly: {len(score.required_wrong)}, at most {REQUIRED_WRONG_MAX}; surest {worst:g}"
    )
    print(f"required columns asked for: {score.required_asked}")
    print(f"expected calibration error: {error:.4f} on {len(score.sure)} matches, at most {CALIBRATION_ERROR_MAX}")
    print(*lines, sep="\n")
    print(f"matches beyond the list's vocabulary, not counted: {len(score.beyond)}")
    kept &= len(score.required_wrong) <= REQUIRED_WRONG_MAX and worst <= WRONG_REQUIRED_CONFIDENCE_MAX
    return bool(kept and error <= CALIBRATION_ERROR_MAX)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
