"""Words that several headers begin with."""

from services.mapping.shared_front import shared_fronts


def test_the_front_of_most_headers_is_found():
    """What nearly all begin with says where they come from; letters that words merely share do not."""
    names = ["parentcrmaccountindustry", "parentcrmaccountname", "parentcrmaccountstatus", "parentcrmaccountcountry"]
    assert ["parentcrmaccount"] * 4 == shared_fronts(names)
    assert ["sub"] * 4 == shared_fronts(["substatus", "substartdate", "subseats", "subplan"])
    assert [""] * 4 == shared_fronts(["status", "startdate", "state", "stage"])


def test_a_namespace_is_no_known_word():
    """Three headers that begin with a word that no list knows share a namespace; "trial" is none."""
    others = ["email", "country", "industry", "owner", "notes"]
    names = ["quuxlymrr", "quuxlyplan", "quuxlyseats", *others]
    assert [*["quuxly"] * 3, *[""] * 5] == shared_fronts(names)
    assert [""] * 8 == shared_fronts(["trialstart", "trialend", "trialplan", *others])


def test_few_headers_share_nothing():
    """Two headers that begin alike prove nothing."""
    assert ["", ""] == shared_fronts(["qqplan", "qqmrr"])


def test_names_are_read_without_it(suggested):
    """The rest means what it means; a bare id stays in doubt."""
    columns = {
        "lead_crm_id": [f"k{place:03}" for place in range(30)],
        "lead_crm_name": [f"Firm {chr(65 + place % 26)} Ltd" for place in range(30)],
        "lead_crm_country": ["Germany", "France", "Spain"] * 10,
        "lead_crm_industry": ["Software", "Retail", "Media"] * 10,
    }
    plan = suggested(columns, industry="saas").plan
    found = {mapping.canonical: mapping for mapping in plan.mappings}
    assert {"country", "industry"} <= set(found)
    assert "customer_id" not in found or found["customer_id"].confidence < 80
