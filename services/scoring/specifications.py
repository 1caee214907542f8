"""The features of the two baseline models: what each reads, how, and which way it may act."""

from services.scoring.features import Encoding, Feature


def _number(name: str, monotone: int = 0, group: str = "", changeable: bool = True) -> Feature:
    return Feature(name, (name,), Encoding.NUMBER, monotone=monotone, group=group, changeable=changeable)


def _flag(name: str, changeable: bool = True) -> Feature:
    return Feature(name, (name,), Encoding.FLAG, changeable=changeable)


def _add_on(name: str) -> Feature:
    # "no internet service" says what internet_service says already; encoding it seven times would
    # spread one fact over seven reasons.
    return Feature(name, (name,), Encoding.ONE_HOT, levels=("no", "yes"), silent=("no internet service",))


TELECOM: tuple[Feature, ...] = (
    # Longer bound and longer here never raise the risk. What a higher bill does is not known: it also buys more.
    _number("tenure_months", -1, changeable=False),
    _number("monthly_charges"),
    # It moves with tenure (correlation 0.83 in the IBM data): a person knows both as "how long, how much so far".
    _number("total_charges", group="tenure_months", changeable=False),
    Feature(
        "contract",
        ("contract",),
        Encoding.ORDINAL,
        levels=("month-to-month", "one year", "two year"),
        synonyms={"monthly": "month-to-month", "1 year": "one year", "2 year": "two year", "two years": "two year"},
        monotone=-1,
    ),
    Feature(
        "payment_method",
        ("payment_method",),
        Encoding.ONE_HOT,
        levels=("electronic check", "mailed check", "bank transfer (automatic)", "credit card (automatic)"),
        synonyms={
            "bank transfer": "bank transfer (automatic)",
            "direct debit": "bank transfer (automatic)",
            "credit card": "credit card (automatic)",
            "e-check": "electronic check",
            "check": "mailed check",
        },
    ),
    _flag("paperless_billing"),
    Feature("gender", ("gender",), Encoding.ORDINAL, levels=("male", "female"), changeable=False),
    _flag("senior_citizen", changeable=False),
    _flag("partner", changeable=False),
    _flag("dependents", changeable=False),
    _flag("phone_service"),
    Feature(
        "multiple_lines",
        ("multiple_lines",),
        Encoding.ONE_HOT,
        levels=("no", "yes"),
        silent=("no phone service",),
    ),
    Feature("internet_service", ("internet_service",), Encoding.ONE_HOT, levels=("dsl", "fiber optic", "no")),
    *map(
        _add_on,
        ("online_security", "online_backup", "device_protection", "tech_support", "streaming_tv", "streaming_movies"),
    ),
)

_COMPANY_SIZES = {
    "small": ("smb", "small business", "startup", "micro", "1-10", "11-50", "1-50", "2-10", "self-employed", "sme"),
    "medium": ("mid-market", "midmarket", "mid market", "51-200", "201-500", "51-500", "medium business", "mid"),
    "large": ("enterprise", "501-1000", "500+", "1000+", "1001-5000", "5000+", "large business", "corporate"),
}

SAAS: tuple[Feature, ...] = (
    _number("tenure_months", -1, changeable=False),
    _number("mrr", -1),
    Feature(
        "billing_interval",
        ("billing_interval",),
        Encoding.ORDINAL,
        levels=("weekly", "monthly", "quarterly", "half-yearly", "yearly"),
        synonyms={"annual": "yearly", "annually": "yearly", "month": "monthly", "year": "yearly", "week": "weekly"},
        monotone=-1,
    ),
    Feature("seat_use", ("seats_used", "seats_purchased"), Encoding.RATIO, monotone=-1),
    _number("feature_usage_score", -1),
    _number("logins_per_month", -1),
    _number("days_since_last_login", 1),
    _number("api_calls_per_month", -1),
    _number("support_tickets", 1),
    _number("nps_score", -1),
    _number("failed_payments", 1),
    _number("discount_percent", 1),
    Feature(
        "company_size",
        ("company_size",),
        Encoding.ORDINAL,
        levels=("small", "medium", "large"),
        synonyms={word: level for level, words in _COMPANY_SIZES.items() for word in words},
        monotone=-1,
        changeable=False,
    ),
)
