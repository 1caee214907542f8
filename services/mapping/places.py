"""Countries and the states that look like them, as reviewed data (ISO 3166-1, English names and short forms)."""

_NAMES = (
    "united states, united states of america, usa, u.s.a., u.s., united kingdom, uk, great britain, england, "
    "germany, deutschland, france, spain, españa, italy, italia, portugal, netherlands, the netherlands, belgium, "
    "luxembourg, switzerland, austria, ireland, denmark, sweden, norway, finland, iceland, poland, czech "
    "republic, czechia, slovakia, hungary, romania, bulgaria, greece, croatia, slovenia, serbia, ukraine, russia, "
    "russian federation, estonia, latvia, lithuania, turkey, israel, united arab emirates, uae, saudi arabia, "
    "qatar, egypt, morocco, nigeria, kenya, south africa, ghana, india, pakistan, bangladesh, sri lanka, china, "
    "hong kong, taiwan, japan, south korea, korea, singapore, malaysia, thailand, vietnam, indonesia, "
    "philippines, australia, new zealand, canada, mexico, brazil, brasil, argentina, chile, colombia, peru, "
    "uruguay, ecuador, venezuela, costa rica, panama, malta, cyprus"
)
_CODES = (
    "AE AR AT AU BD BE BG BR CA CH CL CN CO CR CY CZ DE DK EC EE EG ES FI FR GB GH GR HK HR HU ID IE IL IN IS IT "
    "JP KE KR LK LT LU LV MA MT MX MY NG NL NO NZ PA PE PH PK PL PT QA RO RS RU SA SE SG SI SK TH TR TW UA UK US "
    "UY VE VN ZA"
)
COUNTRIES: frozenset[str] = frozenset(_NAMES.split(", ")) | frozenset(_CODES.lower().split())
"""Lower-case names and two-letter codes of countries."""

LIKE_STATES: frozenset[str] = frozenset(
    ["ar", "ca", "co", "de", "ga", "id", "il", "in", "ma", "md", "me", "mt", "pa", "sc", "va", "al", "sd", "nc", "ne"]
)
"""Country codes that are codes of US states too."""

LIKE_STATES_MAX = 0.7
"""Share of cells that may be such codes before a column of codes is one of states."""
