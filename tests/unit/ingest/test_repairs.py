"""The ledger of repairs."""

from services.ingest.repairs import _MESSAGES, Code, Repairs


def test_repairs_add_up_and_keep_ten_lines():
    """Counts are of all places, lines of the first ten."""
    repairs = Repairs()
    repairs.add(Code.BLANK_LINES, 8, range(1, 9))
    repairs.add(Code.BLANK_LINES, 1_000, range(8, 1008))
    repairs.add(Code.NUL_BYTES, 0)
    (told,) = repairs.told()
    assert ("blank_lines", 1_008, tuple(range(1, 11))) == (told.code, told.count, told.lines)
    assert "1,008 blank lines were skipped." == told.message


def test_every_repair_has_a_sentence():
    """And they are told in the order of the codes."""
    repairs = Repairs()
    for code in reversed(Code):
        repairs.add(code, 1)
    assert [str(code) for code in Code] == [one.code for one in repairs.told()]
    assert set(Code) == set(_MESSAGES)


def test_one_is_said_in_the_singular():
    """A repair of one thing is not told in the plural, and no mark of the wording is left."""
    one, many = Repairs(), Repairs()
    for code in Code:
        one.add(code, 1)
        many.add(code, 2)
    assert "1 blank line was skipped." in {repair.message for repair in one.told()}
    assert not [repair for repair in (*one.told(), *many.told()) if set("{}|") & set(repair.message)]
