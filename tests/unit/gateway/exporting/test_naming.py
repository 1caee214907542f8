"""Names of exported files."""

from datetime import date

import pytest

from services.gateway.exporting.naming import ALL, LENGTH_MAX, disposition, export_name

DAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("upload", "stem"),
    [
        ("customers.csv", "customers"),
        ("May export (final).xlsx", "May-export-final"),
        ("Kunden März.csv", "Kunden-März"),
        ("../../etc/passwd", "passwd"),
        ('a"; filename="x.exe\r\nSet-Cookie: a=b.csv', "a-filename-x.exe-Set-Cookie-a-b"),
        ("....", "customers"),
        ("", "customers"),
        (ALL, "all-customers"),
        ("x" * 300 + ".csv", "x" * LENGTH_MAX),
    ],
)
def test_a_name_has_the_upload_and_the_day(upload: str, stem: str) -> None:
    """Only letters, digits, dots, dashes and underscores are left of what somebody called a file."""
    assert f"retainwise-{stem}-2026-11-29" == export_name(upload, DAY)


def test_the_header_holds_any_letters() -> None:
    """As such for old clients with a stand-in, percent-encoded for all others; of plain names the plain one alone."""
    assert 'attachment; filename="retainwise-a-2026-11-29.csv"' == disposition("retainwise-a-2026-11-29.csv")
    wanted = "attachment; filename=\"M_rz.csv\"; filename*=UTF-8''M%C3%A4rz.csv"
    assert wanted == disposition("März.csv")
