"""Where plans end, and what is said there."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from services.gateway.domain import Claim, Job, JobKind, JobOptions, JobStatus, Pins
from services.gateway.plans.catalogue import PLANS, Feature, PlanId
from services.gateway.plans.domain import FeatureLocked, QuotaShort, Subscription, Usage, month_of
from services.gateway.plans.locks import OPERATIONS, features_of
from services.gateway.plans.plans import ByAgreement, Plans

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


class OneCompany:
    """A company's subscription and usage."""

    def __init__(self, plan_id: PlanId, used: int = 0, trial_ends_at: datetime | None = None) -> None:
        self.subscription = Subscription(plan_id, trial_ends_at)
        self.used = used
        self.asked: list[tuple[str, int, int | None]] = []

    def of_tenant(self, tenant_id: str) -> Subscription:
        return self.subscription

    def choose(self, tenant_id: str, subscription: Subscription) -> None:
        self.subscription = subscription

    def usage(self, tenant_id: str, month: str) -> Usage:
        return Usage(month, self.used, 0)

    def reserve(self, claim: Claim, month: str, customers: int, quota: int | None) -> int | None:
        self.asked.append((month, customers, quota))
        left = None if quota is None else max(0, quota - self.used)
        return left if left is not None and customers > left else None


def plans(company: OneCompany, now: datetime = NOW) -> Plans:
    """The plans as they stand at that time."""
    return Plans(company, lambda: now)


def a_claim() -> Claim:
    """Of some job."""
    pins = Pins(snapshot_date=NOW.date())
    job = Job("j", "t", JobKind.PREDICT, JobStatus.PROCESSING, "f.csv", JobOptions(), pins, NOW, NOW)
    return Claim(job, 1, "w")


def test_the_price_list() -> None:
    """As on the pricing page; each plan gives what those before it give."""
    listed = [(plan.name, plan.price_usd_month, plan.predictions_month, plan.seats) for plan in PLANS]
    assert [
        ("Starter", 79, 1_000, 1),
        ("Professional", 149, 5_000, 3),
        ("Business", 249, 20_000, 10),
        ("Enterprise", None, None, None),
    ] == listed
    for smaller, larger in pairwise(PLANS):
        assert smaller.features < larger.features
    assert set(PlanId) == {plan.id for plan in PLANS}


def test_nothing_is_sold_that_no_request_needs() -> None:
    """Every feature of the price list opens something that is there."""
    opened = features_of("export_prediction", {"search": "ann"}, by_api_key=True)
    assert set(Feature) == {*OPERATIONS.values(), *opened}


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.id)
@pytest.mark.parametrize("feature", Feature)
def test_a_feature_is_open_or_says_what_opens_it(plan: Any, feature: Feature) -> None:
    """The smallest plan with it is named, as words and as `unlocks`."""
    company = OneCompany(plan.id)
    if feature in plan.features:
        plans(company).require("t", feature)
        return
    with pytest.raises(FeatureLocked) as locked:
        plans(company).require("t", feature)
    smallest = next(each for each in PLANS if feature in each.features)
    assert smallest.id is locked.value.unlocks
    assert smallest.name in locked.value.message
    assert plan.name in locked.value.message


@pytest.mark.parametrize(
    ("plan_id", "used", "customers", "unlocks", "words"),
    [
        (PlanId.STARTER, 900, 101, PlanId.PROFESSIONAL, "are left: 1 too few. Professional has 5,000"),
        (PlanId.STARTER, 0, 4_000, PlanId.PROFESSIONAL, "4,000 customers, and 1,000 of the 1,000"),
        (PlanId.STARTER, 1_000, 1, PlanId.PROFESSIONAL, "1 customer, and 0 of the 1,000"),
        (PlanId.STARTER, 1_000, 4_500, PlanId.BUSINESS, "Business has 20,000"),
        (PlanId.PROFESSIONAL, 0, 20_001, PlanId.ENTERPRISE, "Enterprise has no limit"),
        (PlanId.STARTER, 568_112, 35, PlanId.ENTERPRISE, "0 of the 1,000 predictions a month of your plan"),
        (PlanId.STARTER, 4_980, 35, PlanId.BUSINESS, "Business has 20,000"),
    ],
)
def test_a_shortage_says_what_is_left_and_what_would_do(
    plan_id: PlanId, used: int, customers: int, unlocks: PlanId, words: str
) -> None:
    """How many the file has, how many are left, the smallest plan that would do; reserved or only checked."""
    company = OneCompany(plan_id, used)
    for act in (lambda: plans(company).reserve(a_claim(), customers), lambda: plans(company).check("t", customers)):
        with pytest.raises(QuotaShort) as short:
            act()
        assert unlocks is short.value.unlocks
        assert words in short.value.message


def test_waiting_helps_only_where_the_plan_is_large_enough() -> None:
    """The next month is offered to a file that fits into one, over the turn of the year, too."""
    december = datetime(2026, 12, 31, tzinfo=UTC)
    with pytest.raises(QuotaShort, match="go on from 1 January"):
        plans(OneCompany(PlanId.STARTER, 900), december).check("t", 1_000)
    with pytest.raises(QuotaShort) as short:
        plans(OneCompany(PlanId.STARTER), december).check("t", 1_001)
    assert "January" not in short.value.message


@pytest.mark.parametrize("customers", [0, 1, 100])
def test_what_fits_is_reserved_in_this_month(customers: int) -> None:
    """Up to the last prediction."""
    company = OneCompany(PlanId.STARTER, 900)
    plans(company).reserve(a_claim(), customers)
    plans(company).check("t", customers)
    assert [("2026-11", customers, 1_000)] == company.asked


def test_enterprise_has_no_limit() -> None:
    """Neither predictions nor seats."""
    company = OneCompany(PlanId.ENTERPRISE, 10**9)
    plans(company).reserve(a_claim(), 10**9)
    plans(company).check("t", 10**9)
    assert plans(company).seats_max("t") is None


def test_a_month_is_one_of_utc() -> None:
    """Wherever the clock stands."""
    assert "2026-12" == month_of(datetime.fromisoformat("2026-11-30T20:00:00-05:00"))


@pytest.mark.parametrize(
    ("ends_in", "left"),
    [(timedelta(days=14), 14), (timedelta(days=13, hours=1), 14), (timedelta(seconds=1), 1)],
)
def test_a_trial_gives_all_of_its_plan(ends_in: timedelta, left: int) -> None:
    """Until its last second; days begun are counted."""
    company = OneCompany(PlanId.PROFESSIONAL, trial_ends_at=NOW + ends_in)
    standing = plans(company).standing("t")
    assert (left, 5_000, 3, False) == (
        standing.trial_days_left,
        standing.predictions_month,
        standing.seats,
        standing.trial_over,
    )
    plans(company).require("t", Feature.DASHBOARD)


@pytest.mark.parametrize("ago", [timedelta(0), timedelta(days=40)])
def test_a_trial_that_is_over_gives_nothing_until_a_plan_is_chosen(ago: timedelta) -> None:
    """Each refusal says that the trial ended, and when; with a plan chosen all is open again."""
    company = OneCompany(PlanId.PROFESSIONAL, trial_ends_at=NOW - ago)
    ended = plans(company)
    assert (0, 0, frozenset()) == (
        ended.standing("t").trial_days_left,
        ended.standing("t").predictions_month,
        ended.standing("t").features,
    )
    for act in (
        lambda: ended.require("t", Feature.DASHBOARD),
        lambda: ended.reserve(a_claim(), 1),
        lambda: ended.check("t", 1),
    ):
        with pytest.raises((FeatureLocked, QuotaShort), match=r"Your trial ended on .* 2026"):
            act()
    assert "trial ended" in ended.seats_taken("t", 2).message
    standing = ended.choose("t", PlanId.STARTER)
    assert (None, 1_000, False) == (standing.trial_days_left, standing.predictions_month, standing.trial_over)


def test_the_largest_plan_is_agreed_in_person() -> None:
    """Nobody takes it alone; who has it may keep it, and leave it."""
    with pytest.raises(ByAgreement, match="Enterprise"):
        plans(OneCompany(PlanId.BUSINESS)).choose("t", PlanId.ENTERPRISE)
    company = OneCompany(PlanId.ENTERPRISE)
    assert PlanId.ENTERPRISE is plans(company).choose("t", PlanId.ENTERPRISE).plan.id
    assert PlanId.STARTER is plans(company).choose("t", PlanId.STARTER).plan.id


def test_seats_that_are_taken() -> None:
    """How many there are, and the smallest plan with enough."""
    one = plans(OneCompany(PlanId.STARTER)).seats_taken("t", 2)
    assert (PlanId.PROFESSIONAL, True) == (one.unlocks, "1 person" in one.message)
    three = plans(OneCompany(PlanId.PROFESSIONAL)).seats_taken("t", 11)
    assert (PlanId.ENTERPRISE, True) == (three.unlocks, "3 people" in three.message)
