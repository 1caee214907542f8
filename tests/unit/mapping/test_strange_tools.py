"""Header rows of tools that are in no list, written for these tests: understood however they are written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from libs.tables.columns import Industry

TOOLS = {
    "a billing tool": {
        "Account: Acct Number": "customer_id",
        "Account: Legal Name": "customer_name",
        "Bill To: Work Email": "customer_email",
        "Bill To: Country": "country",
        "Rate Plan: Name": "plan_type",
        "Rate Plan Charge: MRR": "mrr",
        "Rate Plan Charge: Quantity": "seats_purchased",
        "Subscription: Subscription Start Date": "signup_date",
        "Default Payment Method: Type": "payment_method",
        "Account: Bill Cycle Day": None,
        "Subscription: Version": None,
    },
    "a product tool": {
        "$distinct_id": "customer_id",
        "$email": "customer_email",
        "traits.plan": "plan_type",
        "traits.company_size": "company_size",
        "traits.mrr_usd": "mrr",
        "properties.signed_up_at": "signup_date",
        "properties.last_seen": "last_login_at",
        "active_users_28d": "seats_used",
        "$initial_referrer": None,
        "$browser": None,
    },
    "a warehouse": {
        "cust_id": "customer_id",
        "cust_nm": "customer_name",
        "mths_on_bk": "tenure_months",
        "mthly_rev_amt": "mrr",
        "bil_freq_cd": "billing_interval",
        "pmt_mthd_cd": "payment_method",
        "lic_cnt": "seats_purchased",
        "lgn_cnt_30d": "logins_per_month",
        "days_snc_lst_lgn": "days_since_last_login",
        "acct_cls_dt": "canceled_at",
        "chrn_flg": "churned",
        "etl_load_ts": None,
    },
    "a German spreadsheet": {
        "Kd.-Nr.": "customer_id",
        "Firmenname": "customer_name",
        "Tarif": "plan_type",
        "Monatsbeitrag (netto, €)": "mrr",
        "Zahlweise": "billing_interval",
        "Kunde seit": "signup_date",
        "Gekündigt zum": "canceled_at",
        "Rabatt (%)": "discount_percent",
        "Anzahl Lizenzen": "seats_purchased",
        "Betreuer": None,
        "Bemerkungen": None,
    },
    "a French spreadsheet": {
        "N° client": "customer_id",
        "Raison sociale": "customer_name",
        "Formule": "plan_type",
        "Abonnement mensuel HT (€)": "mrr",
        "Date de souscription": "signup_date",
        "Date de résiliation": "canceled_at",
        "Mode de règlement": "payment_method",
        "Effectif": "company_size",
        "Téléphone": None,
    },
    "a Spanish spreadsheet": {
        "Código de cliente": "customer_id",
        "Cuota mensual": "mrr",
        "Fecha de alta": "signup_date",
        "Fecha de baja": "canceled_at",
        "Forma de pago": "payment_method",
        "País": "country",
        "Observaciones": None,
    },
}  # fmt: skip


@pytest.mark.parametrize("tool", TOOLS)
def test_their_columns_are_understood(headers_mapped, tool):
    """What stands for a column of ours is found, and the rest left alone."""
    expected = {header: canonical for header, canonical in TOOLS[tool].items() if canonical}
    assert expected == headers_mapped(*TOOLS[tool], industry=Industry.SAAS)


@st.composite
def rewritten(draw):
    """One tool's headers in another case, with other punctuation and in another order, and what each was."""
    tool = draw(st.sampled_from(sorted(TOOLS)))
    case = draw(st.sampled_from([str.upper, str.lower, str.title]))
    separator = draw(st.sampled_from([" ", "_", "-", "."]))
    headers = draw(st.permutations(sorted(TOOLS[tool])))
    return {header: _rewritten(header, case, separator) for header in headers}, TOOLS[tool]


def _rewritten(header, case, separator):
    """Brackets stay: what stands in them is a remark wherever it is."""
    return case(header.replace(": ", separator).replace("_", separator).replace(" ", separator))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(rewritten())
def test_however_they_are_written(headers_mapped, given_headers):
    """Case, punctuation and order change nothing."""
    written, meant = given_headers
    expected = {written[header]: canonical for header, canonical in meant.items() if canonical}
    assert expected == headers_mapped(*written.values(), industry=Industry.SAAS)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(tool=st.sampled_from(sorted(TOOLS)), name=st.text(alphabet="qxzwv _#", min_size=1, max_size=10))
def test_a_strange_column_unmaps_no_other(headers_mapped, tool, name):
    """What stands beside them changes nothing either."""
    headers = TOOLS[tool]
    expected = {header: canonical for header, canonical in headers.items() if canonical}
    assert expected == headers_mapped("zz" + name, *headers, industry=Industry.SAAS)
