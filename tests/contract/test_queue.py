"""What every queue promises, tried on the job table (SQLite and Postgres) and on SQS."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from services.gateway.database.engine import open_database
from services.gateway.database.jobs import JobTable
from services.gateway.database.tenants import TenantTable
from services.gateway.domain import Job
from services.gateway.ports import Delivery, Queue
from services.gateway.queue.opening import open_queue

VISIBILITY_S = 1.0  # the shortest that SQS knows


@dataclass(frozen=True)
class Bench:
    """A queue with a short visibility, and a way to get the ids of jobs it may announce."""

    queue: Queue
    new_ids: Callable[[int], list[str]]


@pytest.fixture(params=["table on sqlite", "table on postgres", "sqs"])
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    """An empty queue of each kind."""
    kind = "postgres" if request.param == "table on postgres" else "sqlite"
    database = open_database(request.getfixturevalue(f"migrated_{kind}_url"))
    tenant, _ = TenantTable(database).create("Acme")
    jobs = JobTable(database)
    make_job: Callable[[str], Job] = request.getfixturevalue("make_job_of")

    def new_ids(count: int) -> list[str]:
        made = [jobs.create(make_job(tenant.id), idempotency_key=None, request_digest="") for _ in range(count)]
        return [job.id for job in made]

    address = str(request.getfixturevalue("sqs_url")) if request.param == "sqs" else "table"
    yield Bench(open_queue(address, database, visibility_s=VISIBILITY_S), new_ids)
    database.close()


def announced(bench: Bench) -> str:
    """The id of a new job that was announced."""
    (job_id,) = bench.new_ids(1)
    bench.queue.announce(job_id)
    return job_id


def taken(queue: Queue, wait_s: float = 2) -> Delivery:
    """The next hint, which must be there."""
    delivery = queue.receive(wait_s)
    assert delivery is not None
    return delivery


def test_a_hint_comes_out(bench: Bench) -> None:
    """What is announced is received, by its id."""
    job_id = announced(bench)
    assert job_id == taken(bench.queue).job_id


def test_an_empty_queue_waits(bench: Bench) -> None:
    """Without a hint, receive takes about as long as it was given, and comes back with none."""
    started = time.monotonic()
    assert bench.queue.receive(1) is None
    assert 0.9 <= time.monotonic() - started < 3


def test_a_waiting_receiver_is_woken(bench: Bench) -> None:
    """A hint announced while somebody waits is received long before the wait is over."""
    (job_id,) = bench.new_ids(1)
    started = time.monotonic()
    timer = threading.Timer(0.3, bench.queue.announce, [job_id])
    timer.start()
    assert job_id == taken(bench.queue, wait_s=10).job_id
    assert time.monotonic() - started < 6
    timer.join()


def test_a_taken_hint_is_hidden(bench: Bench) -> None:
    """Nobody else receives a hint that somebody works on."""
    announced(bench)
    taken(bench.queue)
    assert bench.queue.receive(0) is None


def test_a_dropped_hint_comes_back(bench: Bench) -> None:
    """A hint that was neither acknowledged nor extended is received again: its worker may have died."""
    job_id = announced(bench)
    first = taken(bench.queue)
    again = taken(bench.queue, wait_s=4)
    assert job_id == again.job_id
    assert first.receipt != again.receipt


def test_an_extended_hint_stays_hidden(bench: Bench) -> None:
    """A worker that needs longer keeps the hint to itself."""
    announced(bench)
    bench.queue.extend(taken(bench.queue), 60)
    assert bench.queue.receive(VISIBILITY_S + 1) is None


def test_extending_by_nothing_gives_the_hint_back(bench: Bench) -> None:
    """A hint hidden for no more time is received at once."""
    job_id = announced(bench)
    first = taken(bench.queue)
    bench.queue.extend(first, 60)
    bench.queue.extend(first, 0)
    assert job_id == taken(bench.queue).job_id


def test_an_acknowledged_hint_is_gone(bench: Bench) -> None:
    """What was taken care of never comes back."""
    announced(bench)
    bench.queue.acknowledge(taken(bench.queue))
    assert bench.queue.receive(VISIBILITY_S + 1) is None
    assert 0 == bench.queue.depth()


def test_a_hint_announced_meanwhile_survives(bench: Bench) -> None:
    """Acknowledging a hint does not remove the one that was announced after it was taken."""
    job_id = announced(bench)
    first = taken(bench.queue)
    bench.queue.announce(job_id)
    bench.queue.acknowledge(first)
    assert job_id == taken(bench.queue).job_id


def test_a_receipt_out_of_date_does_no_harm(bench: Bench) -> None:
    """A worker that comes back late may do to its hint what it likes: the next worker's hint stays."""
    announced(bench)
    late = taken(bench.queue)
    bench.queue.acknowledge(late)
    bench.queue.extend(late, 60)
    bench.queue.acknowledge(late)
    job_id = announced(bench)
    assert job_id == taken(bench.queue).job_id


def test_a_buried_hint_is_gone(bench: Bench) -> None:
    """A dead letter is not received again."""
    announced(bench)
    bench.queue.bury(taken(bench.queue))
    assert bench.queue.receive(VISIBILITY_S + 1) is None
    assert 0 == bench.queue.depth()


def test_depth_counts_waiting_hints(bench: Bench) -> None:
    """Depth is what waits, without what is being worked on."""
    for job_id in bench.new_ids(3):
        bench.queue.announce(job_id)
    assert 3 == bench.queue.depth()
    taken(bench.queue)
    assert 2 == bench.queue.depth()


def test_workers_share_the_hints(bench: Bench) -> None:
    """Several workers at once get every hint, each of them once."""
    job_ids = bench.new_ids(12)
    for job_id in job_ids:
        bench.queue.announce(job_id)

    def work(_: int) -> list[str]:
        done: list[str] = []
        while (delivery := bench.queue.receive(0)) is not None:
            bench.queue.acknowledge(delivery)
            done.append(delivery.job_id)
        return done

    with ThreadPoolExecutor(4) as pool:
        received = [job_id for done in pool.map(work, range(4)) for job_id in done]
    assert sorted(job_ids) == sorted(received)
