"""The aliases are well-formed data."""

import pytest

from libs.tables.columns import COLUMNS, Industry
from services.mapping.aliases import ALIASES, OTHER_WORDS
from services.mapping.names import compact
from services.mapping.provenance import SEEN_ONLY_IN


@pytest.mark.parametrize("industry", list(Industry))
def test_every_canonical_column_has_aliases(industry):
    """Each column of each industry has fifteen names or more, and no others are listed."""
    counts = {name: len(each.sure + each.likely + each.weak) for name, each in ALIASES[industry].items()}
    assert {column.name for column in COLUMNS[industry]} == set(counts)
    assert [] == [name for name, count in counts.items() if count < 15]


@pytest.mark.parametrize("industry", list(Industry))
def test_no_alias_is_sure_of_two_columns(industry):
    """A sure name means one column only, its canonical name included."""
    owners: dict[str, set[str]] = {}
    for name, aliases in ALIASES[industry].items():
        for alias in (name, *aliases.sure):
            owners.setdefault(compact(alias), set()).add(name)
    assert {} == {alias: names for alias, names in owners.items() if len(names) > 1}


@pytest.mark.parametrize("industry", list(Industry))
def test_no_alias_stands_twice_in_a_column(industry):
    """A name has one grade in a column."""
    for aliases in ALIASES[industry].values():
        names = [compact(name) for name in aliases.sure + aliases.likely + aliases.weak]
        assert len(set(names)) == len(names), sorted({name for name in names if names.count(name) > 1})


def test_other_words_are_compact():
    """Words that are no typos are written as names are compared."""
    assert set() == {word for word in OTHER_WORDS if compact(word) != word}


MAIN = {
    Industry.SAAS: (
        "customer_id, tenure_months, mrr, total_revenue, plan_type, billing_interval, seats_purchased, seats_used, "
        "feature_usage_score, logins_per_month, days_since_last_login, support_tickets, churned, signup_date, "
        "last_login_at, canceled_at"
    ),
    Industry.TELECOM: "customer_id, tenure_months, monthly_charges, total_charges, contract, churned",
}


@pytest.mark.parametrize("industry", list(Industry))
def test_main_columns_have_fifty_names(industry):
    """What matters most is known by most names."""
    counts = {name: len(each.sure + each.likely + each.weak) for name, each in ALIASES[industry].items()}
    assert [] == [name for name in MAIN[industry].split(", ") if counts[name] < 50]


def test_provenance_is_of_aliases():
    """What is said to be seen in one tool only is an alias of some column."""
    known = {
        compact(alias)
        for columns in ALIASES.values()
        for each in columns.values()
        for alias in (*each.sure, *each.likely, *each.weak)
    }
    assert set() == {name for name in SEEN_ONLY_IN if name not in known}
