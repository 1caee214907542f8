"""Whether the file says how long each customer has been one: in another unit, or by dates."""

from __future__ import annotations

from dataclasses import dataclass

from libs.tables.columns import Kind
from services.mapping import readings
from services.mapping.asking import Option
from services.mapping.derivations.tenure import DAYS_PER_MONTH, MONTHS_OF
from services.mapping.evidence import TENURE_MONTHS_DOUBTED, TENURE_ROWS_TELLING
from services.mapping.match import Match
from services.mapping.proofs.draft import Draft, settle_reading
from services.mapping.proofs.grain import DISTINCT_SHARE_MAX, period_header
from services.mapping.proofs.units import unit_by_dates

TENURE = "tenure_months"
SIGNUP, CANCELED = "signup_date", "canceled_at"
CANDIDATE_MIN = 40.0
_OTHERS = MONTHS_OF.keys() - {"months"}
MONTHS_MAX = 600.0
DAYS_TELLING = 62.0
"""Days, or weeks, that never reach this many days may as well be months."""

MONTHS_UNDOUBTED_MAX = 120.0
"""Months without a unit in their name that go beyond ten years may as well be days or weeks."""

UNITS = (
    Option("months", "the numbers are months"),
    Option("years", "the numbers are years"),
    Option("days", "the numbers are days"),
    Option("weeks", "the numbers are weeks"),
)


@dataclass(frozen=True)
class _Unit:
    """The unit of a column of tenure, "" for not known, and why. told: by a person."""

    unit: str = ""
    why: str = ""
    told: bool = False


def prove_tenure(draft: Draft) -> None:
    """Gives tenure by the column that says it, else by dates, else asks for its unit; where nothing does, nothing."""
    header = draft.sources.get(TENURE)
    if header is not None:
        _mapped(draft, header)
        return
    header, match = draft.nearest_column(TENURE, CANDIDATE_MIN)
    if match is None:
        _by_dates(draft)
        return
    stated = _stated(draft, header)
    if stated.unit in _OTHERS or stated.told:
        _in_unit(draft, header, stated, match)
    elif not _by_dates(draft) and not stated.unit and _in_doubt(draft, header):
        _ask_unit(draft, header, match)


def _mapped(draft: Draft, header: str) -> None:
    """A column taken for tenure: dates are counted from, other units converted; a person's word goes through too."""
    cells = draft.columns[header]
    decided = draft.decided.get(TENURE) == header
    if decided and cells.known and readings.date_share(cells.profile, cells.sample) > 0.8:
        if settle_reading(draft, TENURE, header, Kind.DATE, ask=True):
            evidence = f"'{header}' holds dates; months from them to {draft.snapshot_date}"
            draft.derive(TENURE, "months_since", [header], 100.0, evidence)
        return
    stated = _stated(draft, header)
    if stated.unit in _OTHERS:
        _in_unit(draft, header, stated, None)
    elif not stated.unit and not decided and _in_doubt(draft, header):
        _ask_unit(draft, header, None)


def _in_unit(draft: Draft, header: str, stated: _Unit, match: Match | None) -> None:
    """Converts from the unit, unless what the values say does not agree with it."""
    if not stated.told and not _fits(draft, header, stated.unit):
        _ask_unit(draft, header, match)
        return
    if not settle_reading(draft, TENURE, header, Kind.NUMBER, ask=True):
        return
    why, reach = stated.why, draft.columns[header].profile.number_max
    if reach is not None:
        why += f", and its values reach {reach:g} {stated.unit}, which is {reach * MONTHS_OF[stated.unit]:.4g} months"
    confidence = 100.0 if stated.told else 92.0
    draft.take(header, TENURE, confidence, match.evidence if match and stated.told else why)
    if stated.unit != "months":
        draft.derive(TENURE, "to_months", [header], confidence, why, {"unit": stated.unit})


def _stated(draft: Draft, header: str) -> _Unit:
    """The unit that a person says, the name says, or the dates beside it prove; none where nothing does."""
    answers = [answer for answer in draft.answers.get(TENURE, ()) if answer in MONTHS_OF]
    if answers:
        return _Unit(answers[-1], f"you said that '{header}' is in {answers[-1]}", told=True)
    name = draft.columns[header].name
    if name.unit in MONTHS_OF:
        return _Unit(name.unit, f"the name of '{header}' says {name.unit}")
    said = next((unit for unit in _OTHERS if unit in name.compact), "")
    if said and not name.unit:
        return _Unit(said, f"the name of '{header}' says {said}")
    if name.unit or "month" in name.compact:
        return _Unit()
    proved = unit_by_dates(draft, header)
    return _Unit(proved.unit, proved.why) if proved else _Unit()


def _fits(draft: Draft, header: str, unit: str) -> bool:
    """Whether the values can be a tenure in this unit."""
    greatest = draft.columns[header].profile.number_max
    if greatest is None:
        return True
    if greatest * MONTHS_OF[unit] > MONTHS_MAX:
        return False
    return unit not in ("days", "weeks") or greatest * MONTHS_OF[unit] * DAYS_PER_MONTH >= DAYS_TELLING


def _ask_unit(draft: Draft, header: str, match: Match | None) -> None:
    profile = draft.columns[header].profile
    span = ""
    if profile.number_min is not None and profile.number_max is not None:
        span = f" runs from {profile.number_min:g} to {profile.number_max:g}, and nothing"
    said = f"column '{header}'{span or ' has no unit: nothing'} proves the unit"
    draft.doubt(header, TENURE, match)
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


def _in_doubt(draft: Draft, header: str) -> bool:
    """Whether the values, without a unit in the name, may as well be years (they reach little), or days (much)."""
    cells = draft.columns[header]
    greatest = cells.profile.number_max
    if greatest is None or "month" in cells.name.compact or cells.name.unit:
        return False
    if cells.profile.filled < TENURE_ROWS_TELLING:
        return False
    return greatest <= TENURE_MONTHS_DOUBTED or greatest > MONTHS_UNDOUBTED_MAX or _snapshots(draft)


def _snapshots(draft: Draft) -> bool:
    """Whether rows are customers at several times: tools that write those count days as often as months."""
    key = draft.sources.get("customer_id")
    if key is None or period_header(draft) is None:
        return False
    profile = draft.columns[key].profile
    return profile.distinct < DISTINCT_SHARE_MAX * profile.filled
