"""Periods as people write them, in months: "12 months", "1 jaar", "24 Mon.", "2-year contract" (field usage)."""

import re
from functools import lru_cache
from itertools import pairwise
from unicodedata import combining, normalize

VALUES: dict[str, dict[float | None, str]] = {
    "billing_interval": {0.25: "weekly", 1.0: "monthly", 3.0: "quarterly", 6.0: "half-yearly", 12.0: "yearly"},
    "contract": {1.0: "month-to-month", 12.0: "one year", 24.0: "two year"},
}
"""The value of each category that a period of so many months is."""

_UNITS = {
    "week woche wochen semaine semaines semana semanas settimana settimane weken vecka veckor uge uger uke uker": 0.25,
    (
        "month man mon monat monate monaten mois mes meses mese mesi maand maanden manad manader maned maneder mdr mnd "
        "mo mth mths mies miesiac miesiace miesiecy mesic mesice mesicu ay kk kuukausi kuukautta luna luni"
    ): 1.0,
    ("quarter quartal quartale trimestre trimestres trimestri kwartaal kwartalen kvartal kwartal kwartaly"): 3.0,
    (
        "year yr jahr jahre jahren an ans annee annees ano anos anno anni jaar jaren ar aar rok lata lat roky let "
        "yil vuosi vuotta"
    ): 12.0,
}
_MONTHS = {word: months for words, months in _UNITS.items() for word in words.split()}
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "one a an ein eine einen un une uno una um uma een en ett jeden",
            "two zwei deux dos due dois twee tva dwa",
            "three drei trois tres tre drie trzy",
        ),
        1,
    )
    for word in words.split()
}
_OPEN = re.compile(
    r"(sin permanencia|sin compromiso|sans engagement|sans fidelite|ohne (laufzeit|bindung|vertrag)|monatlich kundbar|"
    r"monatlich kuendbar|maandelijks opzegbaar|zonder contract|senza vincol|utan bindning|ingen binding|bez zobow|"
    r"czas nieokreslony|sem fidelidade|bez zavazku|no commitment|no contract|rolling|pay as you go|prepaid|"
    r"cancel anytime)"
)
"""What binds nobody: from month to month."""


@lru_cache(maxsize=4_096)
def months(cell: str) -> float | None:
    """The period that the cell says, in months; None where it says none."""
    text = _plain(cell)
    if _OPEN.search(text):
        return 1.0
    for count, unit in re.findall(r"(\d{1,3})[\s-]*([^\W\d]+)", text):
        if (each := _unit(unit)) is not None:
            return max(1, int(count)) * each  # bound for none is from one to the next
    words = re.findall(r"[^\W\d]+", text)
    for count, unit in pairwise(words):
        if count in _NUMBERS and (each := _unit(unit)) is not None:
            return _NUMBERS[count] * each
    return None


def _unit(word: str) -> float | None:
    return _MONTHS.get(word, _MONTHS.get(word.removesuffix("s")))


def _plain(cell: str) -> str:
    """In lower case, without accents."""
    return "".join(letter for letter in normalize("NFKD", cell.casefold()) if not combining(letter))
