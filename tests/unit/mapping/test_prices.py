"""What "monthly" and a word of money may claim alone."""

IDS = [str(place) for place in range(30)]
AMOUNTS = [str(1000 + 37 * place) for place in range(30)]
PRICES = [str(10 * (1 + place % 3)) for place in range(30)]


def sure(suggested, columns):
    """The confidence that the monthly rate is what the customer pays."""
    plan = suggested({"customer_id": IDS, **columns}, industry="saas").plan
    return next(each.confidence for each in plan.mappings if each.column == "MonthlyRate" and each.canonical == "mrr")


def test_words_alone_are_doubtful(suggested):
    """Amounts of which each is another are not yet prices."""
    assert 78.0 <= sure(suggested, {"MonthlyRate": AMOUNTS}) <= 79.0


def test_values_that_repeat_or_a_plan_beside_them_agree(suggested):
    """Many customers pay one of few prices, or a plan says that something is sold."""
    plans = {"Plan": ["Basic", "Pro", "Enterprise"] * 10}
    assert sure(suggested, {"MonthlyRate": PRICES}) > 90
    assert sure(suggested, {"MonthlyRate": AMOUNTS, **plans}) > 90
