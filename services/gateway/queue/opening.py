"""Opens the queue that an address names."""

from urllib.parse import parse_qs, urlsplit, urlunsplit

from libs.errors import InvalidInput
from services.gateway.database.engine import Database
from services.gateway.ports import Queue
from services.gateway.queue.table import TableQueue

VISIBILITY_S = 900.0


def open_queue(url: str, database: Database, *, visibility_s: float = VISIBILITY_S) -> Queue:
    """The queue at `url`.

    url: "table" for the job table of `database`; an SQS queue's own url, with "sqs+" before it or not, and with
        "?dead=<url of the dead-letter queue>" and "&region=<name>" where there are such.
    visibility_s: how long a taken hint is hidden from other workers.
    Raises InvalidInput for anything else.
    """
    if url == "table":
        return TableQueue(database, visibility_s)
    parts = urlsplit(url.removeprefix("sqs+"))
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise InvalidInput(f'the queue address {url!r} is neither "table" nor sqs+https://… of an SQS queue')
    # boto3 takes 80 ms and 20 MB to import: only those who queue in SQS pay for it.
    from services.gateway.queue.sqs import SqsQueue

    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    return SqsQueue(
        urlunsplit(parts._replace(query="")),
        dead_url=options.get("dead", ""),
        region=options.get("region", ""),
        visibility_s=visibility_s,
    )
