"""What must be so: the data name columns and words that there are."""

from libs.tables.columns import Industry, Kind, by_name
from services.scoring.ties import GROWTHS, TIES


def test_ties_name_what_there_is() -> None:
    """Every column is canonical, and every word one of its values; flags are said as yes and no."""
    for industry in Industry:
        known = by_name(industry)
        for tie in TIES[industry]:
            lead = known[tie.column]
            assert tie.value in (("no", "yes") if lead.kind is Kind.FLAG else lead.values)
            assert all({tie.tied, tie.free} <= set(known[column].values) for column in tie.columns)
        for growth in GROWTHS[industry]:
            assert {Kind.NUMBER} == {known[growth.time].kind, known[growth.total].kind}
