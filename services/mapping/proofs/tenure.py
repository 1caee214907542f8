"""Whether the file says how long each customer has been one: in another unit, or by dates."""

from libs.tables.columns import Kind
from services.mapping import readings
from services.mapping.derivations.tenure import DAYS_PER_MONTH, MONTHS_OF
from services.mapping.domain import Option
from services.mapping.evidence import TENURE_MONTHS_DOUBTED
from services.mapping.proofs.draft import Draft, settle_reading

TENURE = "tenure_months"
SIGNUP, CANCELED = "signup_date", "canceled_at"
CANDIDATE_MIN = 40.0
_OTHERS = MONTHS_OF.keys() - {"months"}
MONTHS_MAX = 600.0
DAYS_TELLING = 62.0
"""Days, or weeks, that never reach this many days may as well be months."""

UNITS = (
    Option("months", "the numbers are months"),
    Option("years", "the numbers are years"),
    Option("days", "the numbers are days"),
    Option("weeks", "the numbers are weeks"),
)


def prove_tenure(draft: Draft) -> None:
    """Gives tenure by the column that says it, else by dates, else asks for its unit; where nothing does, nothing."""
    header = draft.sources.get(TENURE)
    if header is not None:
        _mapped(draft, header)
        return
    header, match = draft.nearest_column(TENURE, CANDIDATE_MIN)
    unit = draft.columns[header].name.unit if match else ""
    answered = _answer(draft)
    if match and (unit in _OTHERS or answered):
        _in_unit(draft, header, answered or unit, match.evidence if answered else "")
    elif not _by_dates(draft) and match and not unit and _may_be_years(draft, header):
        _ask_unit(draft, header)


def _mapped(draft: Draft, header: str) -> None:
    """A column taken for tenure: dates are counted from, other units converted; a person's word goes through too."""
    cells = draft.columns[header]
    decided = draft.decided.get(TENURE) == header
    unit = _answer(draft) or (cells.name.unit if cells.name.unit in MONTHS_OF else "")
    if decided and cells.known and readings.date_share(cells.profile, cells.sample) > 0.8:
        if settle_reading(draft, TENURE, header, Kind.DATE, ask=True):
            evidence = f"'{header}' holds dates; months from them to {draft.snapshot_date}"
            draft.derive(TENURE, "months_since", [header], 100.0, evidence)
    elif unit in _OTHERS:
        _in_unit(draft, header, unit, "")


def _in_unit(draft: Draft, header: str, unit: str, evidence: str) -> None:
    """Converts from the unit, unless what the values say does not agree with it."""
    cells = draft.columns[header]
    told = bool(_answer(draft))
    if not told and not _fits(draft, header, unit):
        _ask_unit(draft, header)
        return
    if not settle_reading(draft, TENURE, header, Kind.NUMBER, ask=True):
        return
    why = f"you said that '{header}' is in {unit}" if told else f"the name of '{header}' says {unit}"
    reach = cells.profile.number_max
    if reach is not None:
        why += f", and its values reach {reach:g} {unit}, which is {reach * MONTHS_OF[unit]:.4g} months"
    confidence = 100.0 if told else 92.0
    draft.take(header, TENURE, confidence, evidence or why)
    if unit != "months":
        draft.derive(TENURE, "to_months", [header], confidence, why, {"unit": unit})


def _fits(draft: Draft, header: str, unit: str) -> bool:
    """Whether the values can be a tenure in this unit."""
    greatest = draft.columns[header].profile.number_max
    if greatest is None:
        return True
    if greatest * MONTHS_OF[unit] > MONTHS_MAX:
        return False
    return unit not in ("days", "weeks") or greatest * MONTHS_OF[unit] * DAYS_PER_MONTH >= DAYS_TELLING


def _ask_unit(draft: Draft, header: str) -> None:
    profile = draft.columns[header].profile
    span = ""
    if profile.number_min is not None and profile.number_max is not None:
        span = f" runs from {profile.number_min:g} to {profile.number_max:g}, and nothing"
    said = f"column '{header}'{span or ' has no unit: nothing'} proves the unit"
    draft.ask(TENURE, header, f"{said}; say whether it counts months, years, days or weeks", UNITS)


def _by_dates(draft: Draft) -> bool:
    """Gives tenure from the day of signup; for ended customers up to the day they left."""
    if SIGNUP not in draft.sources or draft.waived(TENURE):
        return False
    if SIGNUP in draft.asked:
        draft.pending.add(TENURE)
        return True
    signup, columns = draft.sources[SIGNUP], [draft.sources[SIGNUP]]
    until = ""
    if CANCELED in draft.sources and CANCELED not in draft.asked:
        columns.append(draft.sources[CANCELED])
        until = f", for those who left up to '{columns[1]}'"
    profile = draft.columns[signup].profile
    share = readings.date_share(profile, draft.columns[signup].sample)
    evidence = (
        f"{share:.0%} of the cells of '{signup}' are dates; months of {DAYS_PER_MONTH} days from them "
        f"to the snapshot on {draft.snapshot_date}{until}"
    )
    match = draft.found.get(signup)
    draft.derive(TENURE, "months_since", columns, match[1] if match else 90.0, evidence)
    return True


def prove_recency(draft: Draft) -> None:
    """Gives the days since the last login from its date."""
    name, source = "days_since_last_login", "last_login_at"
    if name not in draft.canonical or draft.given(name) or draft.waived(name) or source not in draft.sources:
        return
    header = draft.sources[source]
    evidence = f"'{header}' holds the day of the last login; days from it to the snapshot on {draft.snapshot_date}"
    draft.derive(name, "days_since", [header], 90.0, evidence)


def _may_be_years(draft: Draft, header: str) -> bool:
    """Whether the column was doubted for its values alone, which reach so little that they may be years."""
    greatest = draft.columns[header].profile.number_max
    return greatest is not None and greatest <= TENURE_MONTHS_DOUBTED


def _answer(draft: Draft) -> str:
    known = [answer for answer in draft.answers.get(TENURE, ()) if answer in MONTHS_OF]
    return known[-1] if known else ""
