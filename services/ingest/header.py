"""The names of a table's columns: from the header where there is one, unique, and each repair told."""

from collections.abc import Sequence

from libs.tables.columns import SOURCE_ROW
from services.ingest.repairs import Code, Repairs

NAME_CHARACTERS_MAX = 200


def column_names(header: Sequence[str] | None, width: int, row_names: bool, line: int, repairs: Repairs) -> list[str]:
    """One unique name for each of `width` columns.

    header: the header's cells, at most `width`; None where the file has no header.
    row_names: whether the columns that the header does not name are the first ones.
    line: the line of the header, or of the first row, for the repairs.
    Columns that the header does not name are named by their place.
    """
    if header is None:
        repairs.add(Code.NO_HEADER, 1, [line])
        return _unique(_by_place(width), line, repairs)
    cells = list(header)
    missing = width - len(cells)
    if missing > 0:
        repairs.add(Code.MISSING_HEADERS, missing, [line])
        cells = [""] * missing + cells if row_names else cells + [""] * missing
    names = [cell.strip() for cell in cells]
    repairs.add(Code.TRIMMED_HEADERS, sum(name != cell for name, cell in zip(names, cells, strict=True)), [line])
    repairs.add(Code.LONG_HEADERS, sum(len(name) > NAME_CHARACTERS_MAX for name in names), [line])
    repairs.add(Code.EMPTY_HEADERS, names.count("") - max(missing, 0), [line])
    named = [name[:NAME_CHARACTERS_MAX] or place for name, place in zip(names, _by_place(len(names)), strict=True)]
    return _unique(named, line, repairs)


def _by_place(width: int) -> list[str]:
    return [f"column_{place}" for place in range(1, width + 1)]


def _unique(wanted: Sequence[str], line: int, repairs: Repairs) -> list[str]:
    """The names, those that repeat an earlier one numbered: name, name_2, name_3.

    `source_row` is taken: the stage adds a column of that name.
    """
    names = list(wanted)
    taken = {SOURCE_ROW}
    spoken_for = set(names)
    following: dict[str, int] = {}
    renamed = 0
    for place, name in enumerate(names):
        unique = name
        while unique in taken or (unique != name and unique in spoken_for):
            number = following.get(name, 2)
            following[name] = number + 1
            unique = f"{name}_{number}"
        renamed += unique != name
        taken.add(unique)
        names[place] = unique
    repairs.add(Code.DUPLICATE_HEADERS, renamed, [line])
    return names
