"""What cells say for "missing", for yes and no, and for the values of categories, as reviewed data."""

import re

from libs.tables import words as shared


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split(", "))


def listed(text: str) -> frozenset[str]:
    """The words that commas separate."""
    return frozenset(_words(text))


BLANKS = shared.MISSING
"""Trimmed lower-case text that means "no value" in any column."""

NONE_BLANKS: tuple[str, ...] = (*BLANKS, "none", "nil", "undefined", "nat")
"""The same for numbers, flags and dates; a category may mean "none" ("no internet service: none")."""

DATE_BLANKS: tuple[str, ...] = (
    *NONE_BLANKS,
    "0",
    "0000-00-00",
    "0000-00-00 00:00:00",
    "never",
    "nie",
    "jamais",
    "nunca",
)
"""The same for dates: shops write "0" where there is no day."""

YES = shared.YES | {"x", "s"}
"""A cross in a box is a yes, and an empty box a blank; "S" stands beside "N" in Iberian files."""

NO = shared.NO

FLAG_WORDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "churned": (
        _words("churned, churn, left, lost, exited, attrited, attrited customer, cancelled, canceled, gone"),
        _words(
            "active, retained, stayed, existing, existing customer, current, joined, not churned, no churn, "
            "not cancelled, not canceled"
        ),
    ),
    "partner": (
        _words("married, partner, partnered, spouse, with partner"),
        _words("single, unmarried, divorced, widowed, not married, separated"),
    ),
    # A count of dependents says whether there are any.
    "dependents": (_words("2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 2.0, 3.0, 4.0, 5.0, 6.0, 3+, 4+, 5+"), ()),
    "paperless_billing": (_words("paperless, electronic, email, digital"), _words("paper, mail, post")),
    "senior_citizen": (_words("senior, senior citizen"), _words("not senior, adult, non senior")),
}
"""Words for yes and for no that only one column uses."""

_YES_OR_NO: dict[str, str] = {"yes": ", ".join(sorted(YES)), "no": ", ".join(sorted(NO))}
_ADD_ON = _YES_OR_NO | {"no internet service": "no internet, no internet access, without internet, not applicable"}

_CATEGORIES: dict[str, dict[str, str]] = {
    "contract": {
        "month-to-month": "1, monthly, month, months, month by month, mtm, m2m, 1 month, one month, p1m, no contract, "
        "rolling, rolling monthly, flexible, per month, every month, m",
        "one year": "1 year, annual, annually, yearly, year, years, 12 months, 12 month, 12, one year contract, 1 yr, "
        "p1y, p12m, 1y, 12m, one yr",
        "two year": "2 year, two years, 2 years, 24 months, 24 month, 24, biennial, 2 yr, p2y, p24m, 2y, 24m, two yr, "
        "2 yrs",
    },
    "billing_interval": {
        "weekly": "week, weeks, 1 week, every week, p1w, 7 days, w, per week, p7d",
        "monthly": "30, 31, maand, monat, monate, mois, mes, meses, mese, mesi, 1, "
        "month, months, 1 month, one month, every "
        "month, p1m, m, mo, month to month, 30 days, per month, "
        "mensuel, mensuelle, monatlich, mensual, mensile, mensal, maandelijks, mtl, mens, mth, mnth, monats, "
        "miesieczny, miesięczny, miesiecznie, miesięcznie, mensuellement, mensualmente, monthly plan, m2m, mtm, "
        "month by month",
        "quarterly": "90, 91, 92, quartal, trimestre, trimester, 3, quarter, quarters, 3 months, 3 month, every 3 "
        "months, p3m, q, every quarter, per quarter, "
        "trimestriel, trimestrielle, quartalsweise, vierteljährlich, vierteljahrlich, vierteljaehrlich, trimestral, "
        "kwartalny, kwartalnie, trimestrale, per kwartaal, kwartaal, qtr, qtrly",
        "half-yearly": "180, 182, halfjaar, halbjahr, semestre, semester, 6, semi annual, semi annually, "
        "semiannual, semiannually, 6 months, 6 month, every 6 months, p6m, "
        "half year, halfyearly, bi annual, biannual, biannually, halbjährlich, halbjahrlich, halbjaehrlich, "
        "semestriel, "
        "semestrielle, semestral, semestrale, halfjaarlijks, s, h",
        "yearly": "360, 365, 366, jaar, jahr, jahre, anno, anni, an, ans, ano, anos, "
        "12, year, years, annual, annually, 1 year, one year, "
        "every year, 12 months, 12 month, p1y, p12m, y, yr, "
        "per year, annuel, annuelle, jährlich, jahrlich, jaehrlich, anual, annuale, jaarlijks, per jaar, a, ann, "
        "roczny, rocznie, annuellement, anualmente, yearly plan, annum, per annum, 1 yr, 1yr",
    },
    "gender": {
        "female": "k, kobieta, kvinna, kvinde, kvinne, nainen, zena, kadin, kadın, v, vrouw, donna, mulher, "
        "femenino, feminino, femmina, f, woman, w, femme, "
        "weiblich, mujer, girl, fem",
        "male": "mezczyzna, mężczyzna, mand, mann, mies, muz, erkek, uomo, homem, masculino, maschio, masculin, "
        "m, man, homme, männlich, hombre, boy, h",
    },
    "multiple_lines": _YES_OR_NO | {"no phone service": "no phone, without phone, not applicable"},
    "internet_service": {
        "dsl": "adsl, vdsl, dsl broadband, adsl2",
        "fiber optic": "glasvezel, glasfaser, fibra, fibra optica, fibra ottica, fibre optique, swiatlowod, "
        "światłowód, fiberoptik, fibernet, "
        "fiber, fibre, fibre optic, fiberoptic, ftth, fttp, fttc, optical fiber, optic fiber",
        "no": "kein, nein, geen, aucun, ninguno, nessuno, nenhum, brak, ingen, none, no internet, no internet "
        "service, without internet, false, 0, n",
    },
    "online_security": _ADD_ON,
    "online_backup": _ADD_ON,
    "device_protection": _ADD_ON,
    "tech_support": _ADD_ON,
    "streaming_tv": _ADD_ON,
    "streaming_movies": _ADD_ON,
}

CATEGORY_WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    column: {value: _words(others) for value, others in values.items()} for column, values in _CATEGORIES.items()
}
"""Other ways to write the allowed values of categories."""

TELLING: dict[str, float] = {"contract": 72, "internet_service": 72, "billing_interval": 66, "gender": 66}
"""Categories whose values tell them whatever the column is called, and the confidence (0-100) that gives."""

METHODS: frozenset[str] = frozenset(
    _words(
        "visa, mastercard, master card, amex, american express, discover, diners, jcb, maestro, paypal, sepa, "
        "sepa debit, "
        "sepa direct debit, direct debit, bacs, ach, bank transfer, wire, wire transfer, credit card, debit card, "
        "card, "
        "creditcard, directdebit, banktransfer, check, cheque, electronic check, mailed check, invoice, apple pay, "
        "google pay, stripe, "
        "ideal, klarna, "
        "lastschrift, sepa lastschrift, kreditkarte, uberweisung, überweisung, ueberweisung, rechnung, carte, "
        "carte bancaire, "
        "carte bleue, virement, prelevement, prélèvement, prelevement sepa, prélèvement sepa, cheque bancaire, "
        "tarjeta, "
        "tarjeta de credito, transferencia, domiciliacion, domiciliación, bonifico, carta di credito, addebito "
        "diretto, "
        "boleto, pix, cartao, cartão, overboeking, incasso, automatische incasso, creditcard, upi, netbanking, "
        "emandate, "
        "dd, bankeinzug, cash, gocardless, braintree, razorpay, adyen, authorize net, authorizenet, square, paddle, "
        "apple, google, app store, play store, google play, itunes, amazon, bank account, bank withdrawal, becs "
        "debit, us bank account, link, amazon pay, manual, offline, eft, mail in"
    )
)
"""Means of payment, folded."""

LEFT: frozenset[str] = frozenset(_words("churned, churn, left, lost, exited, attrited, attrited customer, gone"))
STAYED: frozenset[str] = frozenset(
    _words("stayed, retained, existing, existing customer, joined, not churned, no churn, loyal")
)
"""Words that say of a customer whether it has left, and hardly anything else."""

STATUSES: frozenset[str] = frozenset(
    _words(
        "current, former, comped, gifted, complimentary, grace, in grace period, billing retry, on trial, "
        "pending cancellation, deleted, archived, banned, blocked, cancelled at period end, lapsed, churning, dormant, "
        "active, inactive, canceled, cancelled, trialing, in trial, trial, past due, unpaid, paused, expired, churned, "
        "live, non renewing, pending, future, incomplete, incomplete expired, suspended, on hold, terminated, lapsed, "
        "aktiv, gekündigt, gekundigt, inaktiv, beendet, actif, résilié, resilie, inactif, suspendu, activo, inactivo, "
        "baja, cancelado, attivo, disdetto, sospeso, ativo, cancelada, actief, opgezegd, stopped, halted, completed, "
        "not renewing, paying, free, gesperrt, gekuendigt, inattivo, attiva, activa, inactiva, inactieve, "
        "notactive, not active, subscribed, unsubscribed, active patron, declined patron, former patron, "
        "onboarding, adoption, adopting, launched, live, renewed, renewing, cancellation requested, "
        "deactivated, disabled, enabled, frozen, unknown, customer, former customer, prospect, lead, "
        "overdue, finished, free trial, ended, pending cancel, delinquent, closed, open, canceling, cancelling"
    )
)
"""States of a subscription in the words of the field, folded."""

STATUSES_TELLING: frozenset[str] = frozenset(
    _words(
        "lapsed, on trial, in grace period, billing retry, pending cancellation, paying, comped, past due, "
        "aktiv, gekündigt, gekundigt, actif, résilié, resilie, activo, baja, attivo, disdetto, ativo, actief, "
        "opgezegd, "
        "active, deactivated, canceled, cancelled, trialing, in trial, past due, expired, churned, non renewing, paused"
    )
)
"""Those that hardly anything else is said to be in; a column of states has two of them or more."""

TIERS: frozenset[str] = listed(
    "free, paid, starter, start, basic, lite, light, standard, essential, essentials, pro, professional, plus, "
    "premium, team, teams, business, growth, scale, enterprise, advanced, ultimate, personal, individual, "
    "small, medium, large, unlimited, bronze, silver, gold, platinum, solo, startup, agency, core, hobby, developer"
)
"""Words of plans that differ in price because they differ in what they hold."""

RELATIONS: frozenset[str] = listed(
    "customer, prospect, partner, lead, vendor, supplier, competitor, reseller, analyst, investor, integrator, press, "
    "distributor, former customer, kunde, interessent, lieferant, client, fournisseur, cliente, proveedor"
)
"""What a list of accounts says each of them is."""

METHOD_WORDS: tuple[str, ...] = _words(
    "card, visa, master, amex, american express, discover, diners, jcb, paypal, sepa, debit, bank, transfer, wire, "
    "check, cheque, cash, ach, bacs, invoice, pay, stripe, klarna, ideal, giropay, sofort, boleto, pix, upi, mandate, "
    "karte, lastschrift, uberweisung, überweisung, rechnung, carte, kort, swish, autogiro, mobilepay, "
    "betalingsservice, avtalegiro, "
    "vipps, przelew, gotowka, gotówka, karta, zaplaty, zapłaty, blik, efectivo, recibo, especes, prelievo, "
    "contanti, bar, "
    "acceptgiro, dinheiro, multibanco, prevod, hotovost, tilisiirto, lasku, kredi, havale, nakit, virement, "
    "prelevement, prélèvement, tarjeta, "
    "transferencia, domicilia, bonifico, carta, addebito, cartao, cartão, incasso, braintree, razorpay, paddle, "
    "adyen, square, authorize, gocardless, itunes, apple, google, play, crypto, bitcoin, credit, money order, ewallet, "
    "wallet, mpesa, alipay, wechat, auto, manual, mail, electronic, eft, dd, becs, oxxo, bancontact, kredit, maestro"
)
"""Parts of words that ways to pay are told by, folded."""

SIZES_TELLING: frozenset[str] = listed(
    "smb, smbs, mid market, midmarket, mid size, midsize, mid sized, small business, small businesses, "
    "medium business, "
    "large enterprise, vsb, sme, smes, micro business, lower mid market, upper mid market, small and medium business"
)
"""Sizes of companies that are said of nothing else, folded."""

SIZES: frozenset[str] = SIZES_TELLING | listed(
    "enterprise, ent, mm, startup, startups, start up, commercial, strategic, corporate, small, medium, large, micro, "
    "mediana, pequena, pequeña, grande, gran empresa, pyme, moyenne, petite, mittel, klein, gross, groß, media, "
    "piccola, individual, self serve, growth, consumer, solo, freelancer, government, key account, major, global"
)
"""Those, and what stands beside them."""

INDUSTRIES: frozenset[str] = listed(
    "software, saas, technology, tech, information technology, it, it services, healthcare, health care, "
    "health, retail, "
    "finance, financial services, fintech, banking, insurance, education, edtech, higher education, manufacturing, "
    "logistics, transportation, transport, construction, real estate, hospitality, travel, tourism, media, "
    "entertainment, media entertainment, telecommunications, telecom, energy, utilities, oil gas, oil and gas, "
    "government, public sector, nonprofit, non profit, legal, legal services, consulting, professional services, "
    "marketing, advertising, marketing advertising, agency, e commerce, ecommerce, consumer goods, food beverage, "
    "food and beverage, agriculture, automotive, aerospace, pharma, pharmaceuticals, biotech, biotechnology, "
    "life sciences, gaming, games, cybersecurity, security, devtools, hr, human resources, wholesale, mining, "
    "sports, fitness, restaurants, restaurant, internet, computer software, business services, services"
)
"""What customers' trades are called, folded."""

PAID: frozenset[str] = frozenset(_words("succeeded, refunded, partially refunded, captured, settled, disputed"))
PAYMENT_STATES: frozenset[str] = PAID | {
    *_words(
        "paid, failed, pending, unpaid, void, voided, declined, canceled, cancelled, open, draft, authorized, success"
    )
}
"""What becomes of payments; the first ones are said of nothing else."""

CURRENCY_MARK = (
    r"(?:(?:US|CA|AU|NZ|HK|SG|MX|[CARS])?\$|[€£¥₹₩₽₺฿₪₫₴₦₱円元]|zł|Kč|Ft|lei|kr|USD|EUR|GBP|CHF|CAD|AUD|INR|JPY|NZD|SGD|"
    r"SEK|NOK|DKK|PLN|CZK|HUF|RON|BRL|MXN|ZAR|TRY|RUB|CNY|KRW|TL|Rs)"
)
"""A currency mark before or after an amount."""

POINT_MARK = r"(?:US\$|A\$|C\$|[$£¥]|USD|GBP|JPY|AUD|NZD|SGD)"
"""Marks of currencies whose amounts are written with a decimal point, so "$1,234" has a thousands comma."""

PER_MONTH = r"(?:(?:/\s*|(?:per|a|pro|par|al|por)\s+)(?:month|mo|mth|mnth|monat|mois|mese|mes|maand)|monthly)"
"""What says that an amount is of a month: "€99/mo". One of a year says no such thing and is no amount of a month."""

UNIT_WORDS: dict[str, str] = {
    "months": r"(?:months?|mos?|mths?)",
    "days": r"(?:days?|d)",
    "percent": "%",
    "score": "%",
    "currency units per month": rf"(?:{CURRENCY_MARK}\s*)?{PER_MONTH}",
}
"""What may stand after a number of each unit (Column.unit)."""

_NOT_WORD = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """`text` in lower case, with one space between words and no other punctuation."""
    return _NOT_WORD.sub(" ", text.casefold()).strip()
