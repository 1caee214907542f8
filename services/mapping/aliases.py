"""Other names of the canonical columns, as reviewed data: what tools, exports and data sets call them.

Within a grade the earlier name is preferred. The canonical name itself is always a sure one, and
case, spaces, punctuation and accents make no difference. Price per billing period (`amount`,
`plan_amount`) is weak on purpose: it is monthly revenue only where the interval is a month.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from libs.tables.columns import Industry
from services.mapping.field_aliases import FIELD
from services.mapping.language_names import LANGUAGE_NAMES
from services.mapping.names import compact
from services.mapping.saas_aliases import SAAS
from services.mapping.telecom_aliases import TELECOM
from services.mapping.telecom_language_names import TELECOM_LANGUAGE_NAMES


@dataclass(frozen=True)
class Aliases:
    """Names by how far they can be trusted alone.

    sure: means this column wherever it is seen. likely: nearly always does. weak: also names other
    things, so the values must speak for it.
    """

    sure: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()


_BOTH: dict[str, tuple[str, str, str]] = {
    "customer_id": (
        "customer number, customer no, cust id, customer uuid, customer key, customer code, customer ref, customer "
        "reference, customers id, client id, client number, client no, subscriber id, subscriber number, account "
        "id, acct id, customer account id, customer account number, user id, member "
        "id, membership number, customer oid, customer guid, customer identifier",
        "customer, record id, record id contact, distinct id, group key, subs key, subs id, clientnum, client "
        "num, ban, billing account number, billing account id, profile id, contract number, policy number, "
        "account number, account no, stripe "
        "customer id, account uuid, account code, account key, "
        "user uuid, uid, company id, organization id, "
        "organisation id, org id, tenant id, workspace id, team id, contact id, "
        "customer external id, external customer id, external id, shop id, site id, msisdn, party id, household "
        "id, kunden nr, kundennummer, id client, id cliente, gsid, group id, organisation number, org "
        "number, company number, tenant key, bondsnummer, lidnummer, mitgliedsnummer, numero de socio, "
        "numero socio, euid, msno, cid, custid, acctid, subscriber key, "
        "contact key, payer id, mongo id, app user id, distinct user id, persona id, socio id",
        "id, codigo, cod, uuid, guid, account, client, subscriber, user, member, record, reference, identifier, key",
    ),
    "tenure_months": (
        "tenure, tenure in months, months tenure, months in service, months on book, months since signup, months "
        "subscribed, months active, months as customer, customer tenure, account tenure, account age months, "
        "customer age months, subscription age months, subscription length months, subscription months, age in "
        "months, lifetime months, months with company, number of months, loyalty months, months with us",
        "aon, age on network, network age, age on net, mob, vintage, customer vintage, months on network, time on "
        "network, "
        "service tenure, months on service, relationship length months, active months count, account length, "
        "subscription age, account age, customer age, customer lifetime, length of service, time "
        "as customer, membership length, membership months, subscription length, subscription duration, months, "
        "customer since months, service length, relationship length, seniority months",
        "age of account, duration, length of stay, time with company, lifetime, years, years as customer",
    ),
    "payment_method": (
        "payment type, payment mode, method of payment, pay method, payment option, payment means, billing method, "
        "default payment method, payment instrument, mode of payment, preferred payment method",
        "payment, payment source, payment channel, payment gateway, card brand, card type, pay type, paid by, paid "
        "via, billing type, payment source type, primary payment method, zahlungsart, moyen de paiement",
        "method, gateway, card funding",
    ),
    "churned": (
        "churn, churn flag, is churn, is churned, has churned, churn label, churn status, churn indicator, "
        "customer churn, churn yn, churner, is churner, churn value, customer churned, churned flag, target churn",
        "exited, attrition, attrition flag, attrited, left, has left, is lost, lost customer, cancelled flag, "
        "canceled flag, is cancelled, is canceled, discontinued, defected, churn binary",
        "target, label, cancelled, canceled, outcome, y, unsubscribed, churn next month, customer status",
    ),
}


_TWINS = {"monthly_charges": "mrr", "total_charges": "total_revenue", "contract": "billing_interval"}
"""The SaaS columns that say the same as telecom ones."""


def _listed(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(",") if name.strip())


def _in_languages(canonical: str) -> tuple[str, ...]:
    """Names in other languages, those of the SaaS column for its telecom twin too."""
    twin = _TWINS.get(canonical, "")
    names = (LANGUAGE_NAMES.get(canonical, ""), LANGUAGE_NAMES.get(twin, ""), TELECOM_LANGUAGE_NAMES.get(canonical, ""))
    return tuple(name for listed in names for name in _listed(listed))


def _unheard(names: Sequence[str], *others: str) -> tuple[str, ...]:
    """The names, each once, that do not stand in another grade."""
    taken = {compact(name) for listed in others for name in _listed(listed)}
    return tuple({compact(name): name for name in reversed(names) if compact(name) not in taken}.values())[::-1]


def _read(columns: dict[str, tuple[str, str, str]]) -> dict[str, Aliases]:
    """The names, written with commas between them, as Aliases."""
    return {
        canonical: Aliases(
            _listed(sure),
            _unheard((*_listed(likely), *_listed(FIELD.get(canonical, "")), *_in_languages(canonical)), sure, weak),
            _listed(weak),
        )
        for canonical, (sure, likely, weak) in columns.items()
    }


ALIASES: dict[Industry, dict[str, Aliases]] = {
    Industry.SAAS: _read(_BOTH | SAAS),
    Industry.TELECOM: _read(_BOTH | TELECOM),
}
"""The aliases of each industry's columns."""

OTHER_WORDS: frozenset[str] = frozenset(
    _listed(
        "card, cards, cart, carts, center, channel, clan, contact, contacted, contacts, contrast, costume, "
        "counties, county, custom, customs, device, devices, flan, industrial, invoice, invoices, logics, login, "
        "logins, logouts, male, mall, owner, partly, partners, parts, party, pieces, plane, planned, planner, "
        "priced, prices, rate, rates, report, reports, retention, seal, segments, sears, seas, sender, senders, "
        "site, sites, "
        "sports, state, states, stats, statue, support, tender, tenders, tenor, trackers, tracks"
    )
)
"""Words one letter away from an alias that mean something else: a name made of one is no typo."""

OTHER_STEMS: tuple[str, ...] = ("arr", "annual", "year", "quarter", "week", "daily", "trial", "invoice", "card", "lead")
"""Parts of a name that say something else when the alias has them not: "arr_amount" is no typo of "mrr amount"."""
