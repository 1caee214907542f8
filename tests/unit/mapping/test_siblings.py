"""Columns in doubt read as the file's other columns."""

IDS = [f"c{place:03}" for place in range(12)]
PROVED = [f"{13 + place:02}/03/2024" for place in range(12)]
DOUBTED = ["04/05/2024", "", "", "06/07/2024"] * 3


def test_dates_are_read_as_the_others_of_the_file(suggested):
    """A last login that may be read either way, where the signups have the day first."""
    plan = suggested({"Customer ID": IDS, "Signup Date": PROVED, "Last Login": DOUBTED}, industry="saas").plan
    assert "day_first" == plan.formats["Last Login"]
    assert "Last Login" == plan.sources["last_login_at"]
    evidence = next(each.evidence for each in plan.mappings if each.column == "Last Login")
    assert "'04/05/2024' may be read two ways; it is read with the day first, as 'Signup Date' proves it" in evidence


def test_alone_they_stay_in_doubt(suggested):
    """Where nothing proves the order it is not guessed."""
    plan = suggested({"Customer ID": IDS, "Last Login": DOUBTED}, industry="saas").plan
    assert "last_login_at" not in plan.sources
