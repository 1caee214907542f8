"""What cells say for "missing" and for yes and no, in the languages that exporters speak, as reviewed data."""

MISSING: tuple[str, ...] = ("", "-", "--", "—", "n/a", "#n/a", "na", "<na>", "nan", "null", "\\n")
"""Trimmed lower-case text that means "no value" in any column; "none" is left out, because categories use it."""

YES = frozenset(
    (
        *(
            "1",
            "1.0",
            "y",
            "yes",
            "t",
            "true",
            "on",
            "oui",
            "vrai",
            "ja",
            "wahr",
            "si",
            "sí",
            "sì",
            "verdadero",
            "vero",
        ),
        *("sim", "verdadeiro", "waar", "tak", "sant", "j", "ano", "kylla", "evet", "да", "はい", "是"),
    )
)
"""Yes in lower case, of the languages of Europe that exports are most often in, Russian, Japanese and Chinese."""

NO = frozenset(
    (
        *("0", "0.0", "n", "no", "f", "false", "off", "non", "faux", "nein", "falsch", "falso", "não", "nao"),
        *("nee", "onwaar", "nie", "nej", "falskt", "nei", "ne", "ei", "hayır", "нет", "いいえ", "否"),
    )
)
"""No in lower case, of the same languages."""
