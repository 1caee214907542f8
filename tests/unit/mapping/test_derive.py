"""What files prove beside what stands in them, and what they leave to a person."""

from datetime import date, timedelta

import pyarrow as pa
import pytest

from services.mapping import stage
from services.mapping.asking import Decision, SuggestOptions
from services.mapping.domain import BadDecision, Fold, Reading

ROWS = 120
IDS = [f"c{place}" for place in range(ROWS)]


def repeated(*cells):
    """The cells over and over, one for each row."""
    return [cells[place % len(cells)] for place in range(ROWS)]


def rules(suggestion):
    """The rule of each derived column."""
    return {each.canonical: each.rule for each in suggestion.plan.derivations}


def asked(suggestion):
    """What each question is about, and its options."""
    return [(each.canonical, [option.id for option in each.options]) for each in suggestion.questions]


@pytest.fixture
def applied(suggested, as_batch):
    """Columns of text to the canonical table that their own plan makes of them."""

    def of(columns, **options):
        suggestion = suggested(columns, **options)
        assert () == suggestion.questions
        batch = as_batch(columns)
        return pa.Table.from_batches(stage.apply(suggestion.plan, batch.schema).converted([batch]))

    return of


@pytest.fixture
def base():
    """A file that needs nothing derived."""
    return {"customer_id": IDS, "tenure_months": repeated("3", "40"), "mrr": repeated("10", "25.50")}


# --- who -------------------------------------------------------------------------------------------


def test_an_address_stands_in_for_an_id(suggested, applied, base):
    """Where nothing better is there and addresses do not repeat, they tell customers apart; no example shows one."""
    addresses = [f"Person{place}@example.org" for place in range(ROWS)]
    columns = {"E-mail": addresses, "tenure_months": base["tenure_months"], "mrr": base["mrr"]}
    suggestion = suggested(columns)
    (who,) = [each for each in suggestion.plan.derivations if each.canonical == "customer_id"]
    assert ("email_as_id", ("E-mail",), (), ()) == (who.rule, who.columns, who.examples, suggestion.questions)
    assert "the e-mail address tells customers apart" in who.evidence
    assert ("person3@example.org", "Person3@example.org") == (
        applied(columns)["customer_id"][3].as_py(),
        applied(columns)["customer_email"][3].as_py(),
    )
    assert {} == rules(suggested({**columns, "customer_id": IDS}))


def test_addresses_that_repeat_are_asked(suggested, base):
    """They are offered, not taken."""
    columns = {"E-mail": repeated("a@x.org", "b@x.org", "c@x.org"), "mrr": base["mrr"], "tenure_months": base["mrr"]}
    (question,) = suggested(columns).questions
    assert ("customer_id", ["E-mail"]) == (question.canonical, [each.column for each in question.candidates])
    assert "holds e-mail addresses, of which some repeat or are blank" in question.message


def test_a_named_id_that_repeats_is_still_the_id(suggested, base):
    """Two customers in 120 rows: what is asked is what one row is, or a period says it."""
    columns = {**base, "customer_id": repeated("a", "b")}
    assert [("customer_id", ["subscription", "snapshot", "duplicates"])] == asked(suggested(columns))
    months = [f"20{10 + place // 24}-{1 + place // 2 % 12:02}-01" for place in range(ROWS)]
    suggestion = suggested({**columns, "snapshot_date": months})
    assert ([], "snapshot") == (asked(suggestion), suggestion.plan.grain.row)


def test_an_id_of_one_customer_tells_none_apart(suggested, base):
    """It is shown as what is nearest, and asked."""
    (question,) = suggested({**base, "customer_id": repeated("a")}).questions
    assert "few of its cells differ" in question.message


# --- readings --------------------------------------------------------------------------------------


def test_an_ambiguous_signup_is_one_question(suggested, base):
    """No cell says whether the day comes first: it is asked once, and tenure waits for the answer."""
    columns = {"customer_id": IDS, "signup": repeated("03/04/21", "05/06/22"), "mrr": base["mrr"]}
    suggestion = suggested(columns)
    assert [("signup_date", ["day_first", "month_first"])] == asked(suggestion)
    (question,) = suggestion.questions
    assert (
        "column 'signup' has 120 dates like 03/04/21; say whether the day or the month comes first" == question.message
    )
    assert ("reading", "signup") == (question.kind, question.column)


def test_the_answer_reads_the_column(applied, base, today):
    """Once a person says which comes first, tenure follows from it."""
    columns = {"customer_id": IDS, "signup": repeated("03/04/21"), "mrr": base["mrr"]}
    day_first = applied(columns, decisions=(Decision("signup_date", answer="day_first"),))
    month_first = applied(columns, decisions=(Decision("signup_date", answer="month_first"),))
    assert (date(2021, 4, 3), date(2021, 3, 4)) == (
        day_first["signup_date"][0].as_py(),
        month_first["signup_date"][0].as_py(),
    )
    assert (today - date(2021, 4, 3)).days / 30.4375 == day_first["tenure_months"][0].as_py()


def test_one_proving_cell_decides_the_column(suggested, base):
    """31/05 has the day first, so 03/04 has too; nothing is asked."""
    columns = {"customer_id": IDS, "signup": [*repeated("03/04/21")[1:], "31/05/21"], "mrr": base["mrr"]}
    suggestion = suggested(columns)
    assert ([], Reading.DAY_FIRST) == (asked(suggestion), suggestion.plan.formats["signup"])


def test_proofs_that_contradict_are_asked(suggested, base):
    """31/05 beside 05/31 proves nothing of 03/04."""
    columns = {"customer_id": IDS, "signup": ["31/05/21", "05/31/21", *repeated("03/04/21")[2:]], "mrr": base["mrr"]}
    assert [("signup_date", ["day_first", "month_first"])] == asked(suggested(columns))


def test_an_ambiguous_optional_date_is_left_out(suggested, base):
    """What is not needed is not asked: the column stays unmapped and says why."""
    suggestion = suggested({**base, "last_login_at": repeated("03/04/26", "05/06/25")})
    (left,) = [each for each in suggestion.plan.mappings if each.column == "last_login_at"]
    assert ([], None) == (asked(suggestion), left.canonical)
    assert "has 120 dates like 03/04/26" in left.evidence


def test_an_ambiguous_price_is_asked(suggested, applied, base):
    """1.234 is a thousand or one and a bit; the answer decides."""
    columns = {**base, "mrr": repeated("1.234", "2.500")}
    assert [("mrr", ["decimal_point", "decimal_comma"])] == asked(suggested(columns))
    assert 1234.0 == applied(columns, decisions=(Decision("mrr", answer="decimal_comma"),))["mrr"][0].as_py()
    assert 1.234 == applied(columns, decisions=(Decision("mrr", answer="decimal_point"),))["mrr"][0].as_py()


@pytest.mark.parametrize(
    ("cells", "number"),
    [
        (("1.234", "99,50"), 1234.0),
        (("1,234", "99.50"), 1234.0),
        (("1.234,50 €", "99,00 €"), 1234.5),
        (("$1,234", "$99"), 1234.0),
        (("1 234,50", "99,00"), 1234.5),
    ],
)
def test_a_price_that_proves_its_mark_is_read(applied, base, cells, number):
    """One cell that has only one reading is enough for all."""
    assert number == applied({**base, "mrr": repeated(*cells)})["mrr"][0].as_py()


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024-05-31 10:00:00 +0200", date(2024, 5, 31)),
        ("31 May 2024", date(2024, 5, 31)),
        ("12/25/25 20:18", date(2025, 12, 25)),
        ("45443", date(2024, 5, 31)),
        ("1717113600", date(2024, 5, 31)),
        ("1717113600000", date(2024, 5, 31)),
        ("20240531", date(2024, 5, 31)),
    ],
)
def test_signup_in_any_notation_gives_tenure(applied, base, today, cell, day):
    """Times, zones, names, Excel's serials and Unix times."""
    table = applied({"customer_id": IDS, "signup_date": repeated(cell), "mrr": base["mrr"]})
    assert (day, (today - day).days / 30.4375) == (table["signup_date"][0].as_py(), table["tenure_months"][0].as_py())


@pytest.mark.parametrize(("yes", "no"), [("VRAI", "FAUX"), ("ja", "nein"), ("sí", "no"), ("oui", "non"), ("x", "")])
def test_flags_in_several_languages(applied, base, yes, no):
    """A label is a yes or a no in any of them."""
    column = applied({**base, "churned": repeated(yes, no)})["churned"]
    assert [True, False if no else None] == column.to_pylist()[:2]


# --- tenure ----------------------------------------------------------------------------------------


def test_those_who_left_have_tenure_up_to_that_day(applied, base, today):
    """A cancellation that is still to come ends nothing yet."""
    columns = {
        "customer_id": IDS,
        "signup_date": repeated("2025-05-31"),
        "canceled_at": repeated("2025-07-31", "", "2026-12-31"),
        "mrr": base["mrr"],
    }
    table = applied(columns)
    assert [61 / 30.4375, 365 / 30.4375, 365 / 30.4375] == table["tenure_months"].to_pylist()[:3]
    assert [True, False, False] == table["churned"].to_pylist()[:3]


@pytest.mark.parametrize(
    ("header", "cell", "months"),
    [("Tenure (days)", "365.25", 12.0), ("tenure_years", "2.5", 30.0), ("tenure weeks", "52", 364 / 30.4375)],
)
def test_a_unit_in_the_name_is_converted(applied, base, header, cell, months):
    """The name says the unit, and the values can be a tenure in it."""
    table = applied(
        {"customer_id": IDS, header: repeated(cell, "90"), "mrr": base["mrr"]}
        if "year" not in header
        else {"customer_id": IDS, header: repeated(cell, "4"), "mrr": base["mrr"]}
    )
    assert pytest.approx(months) == table["tenure_months"][0].as_py()


def test_a_unit_that_cannot_be_is_asked(suggested, base):
    """Ninety years are no tenure, so the name is not believed."""
    suggestion = suggested({"customer_id": IDS, "tenure_years": repeated("2", "90"), "mrr": base["mrr"]})
    assert [("tenure_months", ["months", "years", "days", "weeks"])] == asked(suggestion)


@pytest.mark.parametrize(("unit", "days"), [("days", 1.0), ("weeks", 7.0), ("years", 365.25)])
def test_the_signup_proves_the_unit(applied, base, today, unit, days):
    """A tenure that agrees with the days since the signup in one unit alone is counted in it."""
    signups = [today - timedelta(days=40 + 61 * place) for place in range(ROWS)]
    columns = {
        "customer_id": IDS,
        "tenure": [f"{int((today - signup).days / days)}" for signup in signups],
        "signup_date": list(map(str, signups)),
        "mrr": base["mrr"],
    }
    months = applied(columns)["tenure_months"].to_pylist()
    assert pytest.approx((today - signups[-1]).days / 30.4375, abs=days / 30.4375) == months[-1]


def test_snapshots_prove_the_unit(suggested, base):
    """A tenure that grows by 28 from one month's snapshot to the next counts days."""
    columns = {
        "account_id": [f"a{place // 4}" for place in range(ROWS)],
        "observation_date": [f"2026-0{1 + place % 4}-09" for place in range(ROWS)],
        "account_tenure": [f"{26 + place // 4 + 30 * (place % 4)}" for place in range(ROWS)],
        "mrr": base["mrr"],
    }
    suggestion = suggested(columns)
    (tenure,) = [each for each in suggestion.plan.derivations if each.canonical == "tenure_months"]
    assert ([], {"unit": "days"}) == (asked(suggestion), tenure.parameters)
    assert "grows by 30 in 31 days of 'observation_date', so it counts days" in tenure.evidence


def test_snapshots_that_prove_no_unit_are_asked(suggested, base):
    """Where the rows at hand have one snapshot of each account only, a tenure without a unit is no months."""
    columns = {
        "account_id": [f"a{place % 60}" for place in range(ROWS)],
        "observation_date": ["2026-01-09"] * 60 + ["2026-02-09"] * 60,
        "account_tenure": repeated("26", "54", "82", "110"),
        "mrr": base["mrr"],
    }
    assert [("tenure_months", ["months", "years", "days", "weeks"])] == asked(suggested(columns))


def test_a_tenure_beyond_ten_years_is_asked(suggested, base):
    """243 without a unit may be months or days; no date proves it."""
    suggestion = suggested({"customer_id": IDS, "account_length": repeated("1", "128", "243"), "mrr": base["mrr"]})
    assert [("tenure_months", ["months", "years", "days", "weeks"])] == asked(suggestion)
    assert [] == asked(suggested({"customer_id": IDS, "account_length": repeated("1", "72"), "mrr": base["mrr"]}))


# --- money -----------------------------------------------------------------------------------------


def test_amounts_of_several_periods_become_monthly(applied, base):
    """Interval and count together say the period; what half a year costs is a sixth a month."""
    columns = {
        "customer_id": IDS,
        "tenure_months": base["tenure_months"],
        "plan_amount": repeated("30", "300", "165", "7"),
        "plan_interval": repeated("month", "year", "month", "week"),
        "plan_interval_count": repeated("1", "1", "6", "1"),
    }
    assert pytest.approx([30.0, 25.0, 27.5, 30.4375]) == applied(columns)["mrr"].to_pylist()[:4]


def test_prices_that_prove_no_period_are_asked(suggested, applied, base):
    """149, 720 and 900 all marked "month", without a count: monthly revenue is never guessed."""
    columns = {**base, "Amount": repeated("149", "149", "720", "900"), "Interval": repeated("month")}
    del columns["mrr"]
    suggestion = suggested(columns)
    assert [("mrr", ["per_period", "per_month", "several_periods"])] == asked(suggestion)
    assert "149, 720, 900 for the same period in 'Interval'" in suggestion.questions[0].message
    assert 720.0 == applied(columns, decisions=(Decision("mrr", answer="per_period"),))["mrr"][2].as_py()
    assert ("mrr",) == suggested(columns, decisions=(Decision("mrr", answer="several_periods"),)).plan.missing_required


def test_one_price_for_periods_of_two_lengths_is_asked(suggested, base):
    """600 a month and 600 a year cannot both be right."""
    columns = {**base, "Amount": repeated("600"), "Interval": repeated("month", "year")}
    del columns["mrr"]
    assert "has 600 for periods of different length" in suggested(columns).questions[0].message


def test_a_price_list_of_months_and_years_proves_itself(suggested, applied, base):
    """Each plan's year costs ten of its months, so nothing is asked; an amount without its twin is."""
    ids = [f"price_{place % 6}" for place in range(ROWS)]
    amounts = repeated("29", "99", "349", "290", "990", "3490")
    columns = {**base, "Plan": ids, "Amount": amounts, "Interval": repeated("month", "month", "month", *["year"] * 3)}
    del columns["mrr"]
    assert [29.0, 99.0, 349.0] == applied(columns)["mrr"].to_pylist()[:3]
    assert pytest.approx(290 / 12) == applied(columns)["mrr"][3].as_py()
    six_months = {**columns, "Amount": ["174", *amounts[1:]]}
    assert [("mrr", ["per_period", "per_month", "several_periods"])] == asked(suggested(six_months))


def test_a_column_whose_reading_is_asked_is_shown(suggested, base):
    """What is asked is how to read the column, not which one it is; it is never shown as sure."""
    columns = {**base, "Amount": repeated("149", "149", "720", "900"), "Interval": repeated("month")}
    del columns["mrr"]
    plan = suggested(columns).plan
    (amount,) = [each for each in plan.mappings if each.column == "Amount"]
    assert ("mrr", (), True) == (amount.canonical, plan.missing_required, amount.confidence < 80)
    assert "how to read it is asked" in amount.evidence


def test_unit_price_times_quantity(applied, base):
    """The name says that the price is of one."""
    columns = {**base, "unit_price": repeated("10"), "quantity": repeated("1", "3"), "interval": repeated("P1M")}
    del columns["mrr"]
    assert [10.0, 30.0] == applied(columns)["mrr"].to_pylist()[:2]


def test_a_price_of_one_seat_or_of_all_is_asked(suggested, applied, base):
    """Where neither name nor values tell, a person does."""
    columns = {
        **base,
        "amount": [f"{20 + place % 7}" for place in range(ROWS)],
        "quantity": repeated("1", "2", "3"),
        "interval": repeated("month"),
    }
    del columns["mrr"]
    assert [("mrr", ["per_seat", "in_total"])] == asked(suggested(columns))
    assert 42.0 == applied(columns, decisions=(Decision("mrr", answer="per_seat"),))["mrr"][1].as_py()


def test_cents_need_name_and_values(suggested, applied, base):
    """Both agree: units. The name alone, or values that look like it: a question."""
    columns = {"customer_id": IDS, "tenure_months": base["tenure_months"]}
    assert 49.0 == applied({**columns, "mrr_cents": repeated("4900", "9900")})["mrr"][0].as_py()
    assert [("mrr", ["cents", "units"])] == asked(suggested({**columns, "mrr_cents": repeated("49.00", "99.50")}))
    assert [("mrr", ["cents", "units"])] == asked(suggested({**columns, "mrr": repeated("4900", "9900")}))
    assert [] == asked(suggested({**columns, "mrr": repeated("4931", "9912", "120")}))


@pytest.mark.parametrize(
    "name", ["ARR", "sf.ARR", "ARR (USD)", "Annual contract value", "Yearly price", "Contract value (annual)",
             "Jahresbeitrag", "Montant annuel", "Annualized value"]
)  # fmt: skip
def test_a_years_revenue_gives_a_months(applied, base, name):
    """A twelfth of ARR, where MRR is not given."""
    columns = {**base, name: repeated("1200")}
    del columns["mrr"]
    assert 100.0 == applied(columns)["mrr"][0].as_py()


@pytest.mark.parametrize("name", ["Annual revenue", "Annual income", "Contract value", "Yearly growth"])
def test_a_years_sales_are_not_what_a_customer_pays(suggested, base, name):
    """A company's own revenue, and an amount for who knows how long, give no month's."""
    columns = {**base, name: repeated("1200")}
    del columns["mrr"]
    assert not [each for each in suggested(columns).plan.derivations if each.canonical == "mrr"]


def test_each_derivation_shows_its_proof(suggested, base):
    """Rule, evidence, and three rows that differ, before and after."""
    columns = {
        "customer_id": IDS,
        "signup_date": repeated("2025-05-31", "2024-05-31", "2023-05-31"),
        "mrr": base["mrr"],
    }
    tenure = suggested(columns).plan.derivations[0]
    assert ("months_since", ("signup_date",)) == (tenure.rule, tenure.columns)
    assert [(("2025-05-31",), "11.99"), (("2024-05-31",), "23.98"), (("2023-05-31",), "36.01")] == [
        (example.before, example.after) for example in tenure.examples
    ]
    assert "to the snapshot on 2026-05-31" in tenure.evidence


# --- labels ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("states", "labels"),
    [
        (("active", "canceled", "past_due"), [False, True, False]),
        (("active", "canceled", "expired"), [False, False, True]),
        (("active", "cancelled", "churned_voluntary"), [False, False, True]),
        (("Active", "Non Renewing", "Cancelled"), [False, False, True]),
    ],
)
def test_each_tools_words_are_understood(applied, base, states, labels):
    """Canceled has ended at Stripe and Chargebee, and still runs at Recurly and ProfitWell."""
    assert labels == applied({**base, "status": repeated(*states)})["churned"].to_pylist()[:3]


def test_a_cancellation_to_come_is_no_churn(applied, base):
    """Chargebee's Cancelled On may lie in the future."""
    columns = {**base, "status": repeated("Cancelled", "Active"), "cancelled_at": repeated("2026-12-31", "")}
    assert [False, False] == applied(columns)["churned"].to_pylist()[:2]


def test_leads_and_trials_are_left_out(suggested, as_batch, base):
    """They are counted by what they are."""
    columns = {**base, "status": repeated("active", "trialing", "canceled", "lead")}
    batch = as_batch(columns)
    application = stage.apply(suggested(columns).plan, batch.schema)
    assert 60 == sum(result.num_rows for result in application.converted([batch]))
    assert {"trial": 30, "lead": 30} == application.report().left_out


def test_a_state_of_one_kind_is_no_label(suggested, base):
    """An export of live subscriptions tells nothing of who left."""
    assert {} == rules(suggested({**base, "status": repeated("active", "past_due")}))


# --- grain -----------------------------------------------------------------------------------------


def test_subscriptions_are_told_by_their_id(suggested, base):
    """Another id tells rows apart, and customers repeat: live revenue is added up."""
    columns = {**base, "customer_id": repeated("a", "b", "c"), "subscription_id": IDS}
    grain = suggested(columns).plan.grain
    assert ("subscription", Fold.SUM_LIVE, Fold.MAX) == (grain.row, grain.folds["mrr"], grain.folds["tenure_months"])


def test_a_value_repeated_on_a_customers_rows_is_not_added_up(suggested, base):
    """Tickets of the customer, written on each of its subscriptions, are counted once."""
    customers = [f"c{place // 2}" for place in range(ROWS)]
    tickets = [str(place // 2 % 9) for place in range(ROWS)]
    columns = {**base, "customer_id": customers, "subscription_id": IDS, "support_tickets": tickets}
    assert Fold.LAST == suggested(columns).plan.grain.folds["support_tickets"]


def test_few_duplicates_are_left_to_validation(suggested, base):
    """A row that stands twice makes no subscriptions."""
    assert suggested({**base, "customer_id": [*IDS[:-1], IDS[0]], "period": repeated("2025-01-01")}).plan.grain is None


def test_repeated_customers_without_a_reason_are_asked(suggested, applied, base):
    """Neither another id nor a date says why: a person does."""
    columns = {**base, "customer_id": sorted(repeated("a", "b", "c"))}
    assert [("customer_id", ["subscription", "snapshot", "duplicates"])] == asked(suggested(columns))
    assert 3 == applied(columns, decisions=(Decision("customer_id", answer="snapshot"),)).num_rows
    assert ROWS == applied(columns, decisions=(Decision("customer_id", answer="duplicates"),)).num_rows


# --- answers ---------------------------------------------------------------------------------------


def test_an_answer_that_no_question_has_is_refused(suggested, base):
    """The refusal lists what can be said."""
    with pytest.raises(BadDecision, match="'sideways' answers no question about mrr"):
        suggested(base, decisions=(Decision("mrr", answer="sideways"),))


def test_a_persons_column_goes_through_its_reading(applied, base):
    """A date named as tenure is counted from."""
    columns = {"customer_id": IDS, "Begin of it all": repeated("2025-05-31"), "mrr": base["mrr"]}
    table = applied(columns, decisions=(Decision("tenure_months", "Begin of it all"),))
    assert 365 / 30.4375 == table["tenure_months"][0].as_py()


def test_what_was_told_before_says_when(suggested, base):
    """A remembered correction carries its day."""
    plan = suggested(base, decisions=(Decision("mrr", "mrr", told_on="2026-01-02"),)).plan
    assert "you told us on 2026-01-02 that 'mrr' is mrr" == plan.mappings[2].evidence


# --- real files ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "derived", "row", "questions"),
    [
        ("fightchurn_socialnet7_simulated.csv", {}, "snapshot", ["mrr", "tenure_months"]),
        (
            "mavenflix_subscription_cohort.csv",
            {"tenure_months": "months_since", "mrr": "amount_per_period", "churned": "churned_by_date"},
            "subscription",
            [],
        ),
        ("ravenstack_subscriptions.csv", {"tenure_months": "months_since"}, "subscription", []),
        ("ravenstack_accounts.csv", {"tenure_months": "months_since"}, None, ["mrr"]),
        (
            "saas_customers_nps_synth.csv",
            {"tenure_months": "months_since", "churned": "churned_by_date", "total_revenue": "price_times_tenure"},
            None,
            [],
        ),
        ("customer_churn_business_synth.csv", {}, None, []),
        ("bank_churn_modelling_original.csv", {}, None, ["mrr", "tenure_months"]),
    ],
)
def test_real_files_are_understood(dataset, as_profile, as_batch, today, name, derived, row, questions):
    """Each shared file is derived from, folded and asked about as its own page says."""
    columns = dataset(name)
    sample = as_batch({header: cells[:1000] for header, cells in columns.items()})
    suggestion = stage.suggest(as_profile(columns), sample, SuggestOptions(today))
    assert (derived, questions) == (rules(suggestion), [each.canonical for each in suggestion.questions])
    assert row == (suggestion.plan.grain.row if suggestion.plan.grain else None)
