"""Who a customer is, where no column was made to say it."""

from collections.abc import Sequence

import pyarrow.compute as pc

from libs.tables.columns import Kind
from services.mapping.derivations.rule import Context, Rule, Values


def _address(columns: Sequence[Values], context: Context) -> Values:
    """The address as one writes it down: case makes no other customer."""
    return pc.utf8_lower(pc.utf8_trim_whitespace(columns[0]))


EMAIL_AS_ID = Rule("email_as_id", (Kind.TEXT,), _address)
