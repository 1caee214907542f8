"""The report as one self-contained HTML page that a person can forward: no script, nothing loaded from anywhere."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from services.gateway.report.document import Check, Derivation, Report, Suggestion
from services.gateway.report.drift import Drift
from services.gateway.report.predictions import EstimatedAccuracy

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""Sent with the page. Should a name from the file ever slip out of its cell, nothing in it could run or call home."""

STYLE = """
:root{color-scheme:light dark;--text:#1b1f24;--faint:#57606a;--page:#fff;--card:#f6f8fa;--line:#d0d7de;--bar:#2563a8}
@media(prefers-color-scheme:dark){
:root{--text:#e6edf3;--faint:#9aa4af;--page:#0d1117;--card:#161b22;--line:#30363d;--bar:#6cb0f5}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:1rem;font:16px/1.5 system-ui,sans-serif;color:var(--text);
background:var(--page);overflow-wrap:anywhere}
h1{font-size:1.5rem;margin:.5rem 0}h2{font-size:1.15rem;margin:2rem 0 .5rem}h3{font-size:1rem;margin:1rem 0 .3rem}
p{margin:.4rem 0}
.faint{color:var(--faint)}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.75rem;padding:0;margin:1rem 0}
.cards div{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.6rem .8rem}
dt{font-size:.85rem;color:var(--faint)}dd{margin:0;font-size:1.3rem;font-weight:600}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem .4rem 0;border-bottom:1px solid var(--line)}
th{font-size:.85rem;color:var(--faint)}
th,td{min-width:6rem}td:first-child{min-width:8.5rem}
ol,ul{padding-left:1.3rem}li{margin:.35rem 0}
meter{width:100%;height:1rem}
@media(max-width:40rem){
thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
tr{display:block;border:1px solid var(--line);border-radius:.5rem;margin:.5rem 0;padding:.3rem .7rem}
td,td:first-child{display:block;min-width:0;border:0;padding:.2rem 0}
td:empty{display:none}td::before{content:attr(data-label)": ";color:var(--faint);font-size:.85rem}}
@media print{
:root{color-scheme:light;--text:#000;--faint:#444;--page:#fff;--card:#fff;--line:#999}
body{max-width:none;padding:0;font-size:11pt}h2{break-after:avoid}tr,li,.cards div{break-inside:avoid}}
"""

INDUSTRIES = {"saas": "SaaS"}
"""Those that are not written as they are named."""

SHOWN_FROM = 0.005
"""Less of the score is written 0.00, which would say nothing."""

WORDS = {"fatal": "stops the file", "error": "rows set aside", "warning": "costs accuracy", "info": "worth knowing"}
"""What a severity means for the reader."""


WORDS_OF_DRIFT = {"none": "alike", "shifted": "differs", "strong": "differs strongly"}
ALERTS = {"none": "Nothing to act on.", "watch": "Watch.", "high": "Take care."}


def report_page(report: Report, filename: str) -> str:
    """The page; every text of the file and of the stages is escaped."""
    title = f"Data quality of {filename}"
    sections = (
        _head(report, title),
        _suggestions(report),
        _derivations(report.derivations),
        _columns(report),
        _checks(report.checks),
        _reading(report),
        _predictions(report),
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main>{''.join(sections)}</main></body></html>\n"
    )


def _head(report: Report, title: str) -> str:
    rows = report.rows
    cards = [
        ("quality score", f"{report.score:.2f} of 1"),
        ("rows read", f"{rows.read:,}"),
        ("customers scored", f"{report.predictions.rows:,}"),
        ("rows set aside", f"{rows.quarantined:,}"),
    ]
    if rows.folded:
        cards.append(("rows folded into others", f"{rows.folded:,}"))
    cards += [(f"left out: {one.reason}", f"{one.count:,}") for one in rows.left_out]
    told = f"Read as a {INDUSTRIES.get(report.industry, report.industry)} file as of {report.snapshot_date}."
    if report.signature:
        told += f" It looks like an export of {report.signature.tool} ({report.signature.confidence:.0f} % sure)."
    grain = f"<p>One row is one {escape(report.grain.row)}. {escape(report.grain.rule)}</p>" if report.grain else ""
    shown = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in cards)
    meter = (
        '<meter aria-label="quality score" min="0" max="1" low="0.5" high="0.8" optimum="1" '
        f'value="{report.score:.3f}"></meter>'
    )
    return f'<h1>{escape(title)}</h1><p class="faint">{escape(told)}</p>{grain}<dl class="cards">{shown}</dl>{meter}'


def _suggestions(report: Report) -> str:
    if not report.suggestions:
        return _section("What would make the predictions better", "<p>Nothing that we can see.</p>")
    points = (f"{escape(one.message)}{_worth(one)}" for one in report.suggestions)
    return _section("What would make the predictions better", _list("ol", points))


def _worth(suggestion: Suggestion) -> str:
    """What following it would give, as far as that is known."""
    told = [f"worth {suggestion.worth:.2f} of the score"] if suggestion.worth >= SHOWN_FROM else []
    if suggestion.levels_changed is not None:
        told.append(f"could change the risk level of {_customers(suggestion.levels_changed)}")
    return f' <span class="faint">({"; ".join(told)})</span>' if told else ""


def _customers(count: int) -> str:
    return f"{count:,} {'customer' if count == 1 else 'customers'}"


def _derivations(derivations: Sequence[Derivation]) -> str:
    if not derivations:
        return ""
    rows = [
        (
            one.canonical,
            ", ".join(one.columns),
            f"{one.rule.replace('_', ' ')}: {one.evidence}",
            "; ".join(f"{' and '.join(example.before)} → {example.after or 'nothing'}" for example in one.examples),
        )
        for one in derivations
    ]
    return _section("What was worked out", _table(("gives", "from", "how, and why", "for example"), rows))


def _columns(report: Report) -> str:
    mapped = [(one.column, one.canonical, f"{one.confidence:.0f} %", one.evidence) for one in report.columns_mapped]
    parts = [_table(("column of the file", "taken for", "sure", "why"), mapped)]
    for words, names in (
        ("Required, and not in the file; scored without", report.missing_required),
        ("Would help, and not in the file", report.missing_optional),
        ("Kept as they are; only a model of your own may read them", report.extra_columns),
    ):
        if names:
            parts.append(f"<p>{words}: {escape(', '.join(names))}.</p>")
    return _section("Columns", "".join(parts))


def _checks(checks: Sequence[Check]) -> str:
    failed = [
        (
            WORDS[one.severity],
            one.message + _named(one.file_columns),
            f"{one.count:,} ({one.share:.1%})" if one.count else "",
            ", ".join(str(row) for row in one.rows),
            f"−{one.cost:.2f}" if one.cost >= SHOWN_FROM else "",
        )
        for one in checks
        if not one.passed
    ]
    passed = sum(one.passed for one in checks)
    told = f"<p>{passed} of {len(checks)} checks found nothing.</p>"
    if not failed:
        return _section("Checks", told)
    return _section("Checks", told + _table(("effect", "what was seen", "rows", "first rows", "score"), failed))


def _named(columns: Sequence[str]) -> str:
    """What the file calls the columns that a sentence names as they are known."""
    return f" (In your file: {', '.join(columns)}.)" if columns else ""


def _reading(report: Report) -> str:
    file = report.file
    how = ", ".join(filter(None, (file.encoding, file.compression, f"{file.columns} columns")))
    repairs = _list("ul", (f"{escape(one.message)} ({one.count:,})" for one in file.repairs))
    return _section("How the file was read", f"<p>{escape(how)}.</p>{repairs}")


def _predictions(report: Report) -> str:
    told = report.predictions
    risk = told.risk
    parts = [
        f"<p>{risk.high:,} customers at high risk, {risk.medium:,} at medium, {risk.low:,} at low; on average "
        f"{told.mean_probability:.1%} leave within {told.horizon_days} days.</p>"
    ]
    if told.estimated_accuracy:
        parts.append(_outlook(told.estimated_accuracy))
    if told.missing_features:
        costs = {cost.feature: cost.auc for cost in told.missing_costs}
        parts.append(_missing(told.missing_features, costs))
    if told.drift:
        parts.append(_drift(told.drift))
    if told.shadow:
        parts.append(f"<p>{escape(told.shadow.sentence)}</p>")
    model = f"Model {told.model_family}, version {told.model_version}."
    return _section("Predictions", "".join(parts) + f'<p class="faint">{escape(model)}</p>')


def _outlook(outlook: EstimatedAccuracy) -> str:
    top = outlook.top_tenth_share
    among = f"; {top:.0%} of them are among the tenth most at risk" if top is not None else ""
    ranked = f" Expected AUC {outlook.auc:.2f}." if outlook.auc is not None else ""
    return (
        f"<p>If the probabilities are calibrated for these customers, {outlook.right_share:.0%} of the calls "
        f"“leaves” or “stays” will be right, and about {outlook.leavers:,.0f} customers will leave{among}.{ranked} "
        "This is expected from the probabilities alone; no outcome is known yet.</p>"
    )


def _missing(features: Sequence[str], costs: Mapping[str, float]) -> str:
    """Features the file lacks, the dearest first; those whose cost nobody measured last."""
    dearest = sorted(features, key=lambda name: -costs.get(name, -1.0))
    named = (f"{name} ({costs[name]:.3f} of AUC)" if name in costs else name for name in dearest)
    measured = " In brackets: what customers it had not seen lost when the model was built." if costs else ""
    return f"<p>The model would also read: {escape(', '.join(named))}.{measured}</p>"


def _drift(drift: Drift) -> str:
    rows = [
        (
            one.feature,
            "" if one.psi is None else f"{one.psi:.2f}",
            WORDS_OF_DRIFT[one.level],
            ""
            if one.moved is None
            else f"{one.moved.label}: {one.moved.share:.0%}, was {one.moved.reference_share:.0%}",
        )
        for one in drift.features
        if one.level != "none"
    ]
    table = _table(("feature", "stability index", "so", "moved most"), rows) if rows else ""
    return (
        f"<h3>Are these customers like those the model knows? {ALERTS[drift.alert]}</h3>"
        f"<p>{escape(drift.sentence)}</p>{table}"
    )


def _section(title: str, body: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{body}</section>"


def _list(kind: str, points: Iterable[str]) -> str:
    """points: HTML."""
    items = "".join(f"<li>{point}</li>" for point in points)
    return f"<{kind}>{items}</{kind}>" if items else ""


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """heads, rows: plain text. On a narrow screen each row becomes a card whose cells bear their heads."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    body = "".join(
        "<tr>"
        + "".join(f'<td data-label="{escape(name)}">{escape(cell)}</td>' for name, cell in zip(heads, row, strict=True))
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
