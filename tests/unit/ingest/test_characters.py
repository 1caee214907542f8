"""Which kinds of characters cells hold."""

import pyarrow as pa

from services.ingest.characters import AT, DIGIT, LETTER, MARK, OTHER, POINT, SIGN, E, Needs, classes


def test_classes_of_a_slice():
    """Each value has the classes of its own bytes, wherever the array begins."""
    values = pa.array(["x", "12", "-1.5e3", "a@b.co", "1/2", "€ 5", "é"]).slice(1)
    expected = [
        DIGIT,
        SIGN | DIGIT | POINT | E,
        LETTER | AT | POINT,
        DIGIT | MARK,
        OTHER | DIGIT,
        OTHER,
    ]
    assert expected == classes(values).tolist()
    assert [] == classes(values.slice(0, 0)).tolist()


def test_needs():
    """All of some, one of others, none of the rest."""
    needs = Needs(all_of=DIGIT, any_of=SIGN | POINT, none_of=AT)
    assert [True, False, False] == needs.met_by(classes(pa.array(["1.2", "12", "1.2@"]))).tolist()
