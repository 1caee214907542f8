"""Two uploads of the same customers through the real processes: what changed, and what came true of the earlier."""

import io
import time
from typing import Any

import httpx
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from deploy.local.product import Product
from libs.client.changes import Comparisons
from libs.client.http import RetainWise
from tests.journey import ended, results, telecom_csv, uploaded

ROWS = 400


def table_of(http: httpx.Client, prediction: str) -> pa.Table:
    """Every customer's change."""
    answer = http.get(f"/api/predictions/{prediction}/changes.parquet")
    assert 200 == answer.status_code, answer.text
    return pq.read_table(io.BytesIO(answer.content))


def later_csv(prefix: str) -> bytes:
    """The same customers four months on: the first ten are gone, five are new, some signed for two years; and
    whether they have left."""
    head, *lines = telecom_csv(ROWS + 5, prefix).decode().splitlines()
    made = [head + ",Churn"]
    for n, line in enumerate(lines[10:], 10):
        cells = line.split(",")
        cells[1] = str(int(cells[1]) + 4)
        if n % 4 == 0:
            cells[2] = "Two year"
        made.append(",".join([*cells, "Yes" if n % 9 == 0 else "No"]))
    return ("\n".join(made) + "\n").encode()


@pytest.fixture(scope="module")
def both(product: Product) -> tuple[str, str]:
    """The ids of an earlier prediction and of a later one, with a churn rate, that knows who left."""
    headers = {"authorization": f"Bearer {product.token}"}
    with httpx.Client(base_url=product.url, headers=headers, timeout=60) as http:
        earlier = uploaded(http, telecom_csv(ROWS, "X"), snapshot_date="2026-01-31")
        assert "COMPLETED" == ended(http, earlier)["status"]
        later = uploaded(http, later_csv("X"), snapshot_date="2026-05-31", churn_rate="0.2")
        assert "COMPLETED" == ended(http, later)["status"]
    return earlier, later


@pytest.fixture(scope="module")
def compared(product: Product, both: tuple[str, str]) -> dict[str, Any]:
    """Their comparison, over the Python client."""
    with RetainWise(product.url, product.token) as service:
        return Comparisons(service).changes(both[1], both[0], timeout_s=60)


def test_every_move_is_split_without_a_rest(
    http: httpx.Client, both: tuple[str, str], compared: dict[str, Any]
) -> None:
    """Both probabilities are those of the predictions; model and features sum to the move on every row."""
    assert ("COMPLETED", None) == (compared["status"], compared["error"])
    table = table_of(http, both[1])
    kept = table.filter(pa.compute.equal(table["status"], "kept"))
    before = dict(
        zip(*(results(http, both[0])[name].to_pylist() for name in ("customer_id", "churn_probability")), strict=True)
    )
    after = results(http, both[1])
    assert after["customer_id"].to_pylist() == table["customer_id"].to_pylist()[: after.num_rows]
    assert after["churn_probability"].to_pylist() == table["probability_after"].to_pylist()[: after.num_rows]
    assert [before[each] for each in kept["customer_id"].to_pylist()] == kept["probability_before"].to_pylist()
    parts = sum(kept[name].to_numpy() for name in kept.column_names if name.startswith("move."))
    whole = kept["model_move"].to_numpy() + parts + kept["unexplained_move"].to_numpy()
    assert 1e-12 > np.abs(whole - kept["move"].to_numpy()).max()
    assert 1e-12 > np.abs(kept["unexplained_move"].to_numpy()).max()
    # The churn rate's level is the model's doing, and the same way for all.
    assert 1 == len(set(np.sign(kept["model_move"].to_numpy())))
    assert 0 < np.abs(kept["data_move"].to_numpy()).max()


def test_the_figures_are_those_of_the_rows(http: httpx.Client, both: tuple[str, str], compared: dict[str, Any]) -> None:
    """Counts of kept, new and lost customers; means; features whose values changed, and no others."""
    told, table = compared["changes"], table_of(http, both[1])
    assert (ROWS - 10, 5, 10) == (told["kept"], told["new"], told["lost"])
    assert ROWS - 10 == sum(each["customers"] for each in told["levels"])
    kept = table.filter(pa.compute.equal(table["status"], "kept"))
    assert pytest.approx(kept["move"].to_numpy().mean()) == told["mean_move"]
    means = {each["feature"]: each["mean"] for each in told["features"]}
    assert pytest.approx(told["mean_data_move"]) == sum(means.values()) + told["mean_unexplained_move"]
    assert (False, "2026-01-31", "2026-05-31") == (
        told["same_model"],
        told["before"]["snapshot_date"],
        told["after"]["snapshot_date"],
    )
    signed = [n % 4 == 0 and n // 3 % 3 != 2 for n in range(10, ROWS)]
    by_contract = kept["move.contract"].to_numpy()
    assert 0 > by_contract[np.array(signed)].max()
    assert told["rises"] == sorted(told["rises"], key=lambda each: each["before"] - each["after"])


def test_what_came_true_is_told_of_the_earlier(
    http: httpx.Client, both: tuple[str, str], compared: dict[str, Any]
) -> None:
    """The later file knows who left: reliability, ranking and lift of the earlier prediction's own probabilities."""
    assert "COMPLETED" == compared["status"]
    answer = http.get(f"/api/predictions/{both[0]}/outcomes")
    (told,) = answer.json()["outcomes"]
    left = sum(n % 9 == 0 for n in range(10, ROWS))
    assert (ROWS - 10, left, both[1]) == (told["n"], told["left"], told["revealed_by"])
    assert (120, 30, True) == (told["days"], told["horizon_days"], told["complete"])
    assert 10 == len(told["bins"]) and ROWS - 10 == sum(each["customers"] for each in told["bins"])
    earlier = results(http, both[0]).slice(10)
    assert pytest.approx(earlier["churn_probability"].to_numpy().sum()) == told["expected"]
    assert 0 < told["auc"] < 1 and told["brier"] > 0 and told["lift_at_10_percent"] >= 0
    assert [] == http.get(f"/api/predictions/{both[1]}/outcomes").json()["outcomes"]


def test_a_file_that_tells_who_left_judges_by_itself(http: httpx.Client) -> None:
    """Nobody asks for a comparison: the prediction before it is judged once such a file is through."""
    earlier = uploaded(http, telecom_csv(ROWS, "V"), snapshot_date="2026-01-31")
    assert "COMPLETED" == ended(http, earlier)["status"]
    assert "COMPLETED" == ended(http, uploaded(http, later_csv("V"), snapshot_date="2026-05-31"))["status"]
    deadline = time.monotonic() + 60
    while not (told := http.get(f"/api/predictions/{earlier}/outcomes").json()["outcomes"]):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert [ROWS - 10] == [each["n"] for each in told]


def test_asking_again_finds_the_same(http: httpx.Client, both: tuple[str, str], compared: dict[str, Any]) -> None:
    """The default is the last completed prediction of the industry before it; there is one comparison of two."""
    again = http.post(f"/api/predictions/{both[1]}/changes")
    assert (202, both[0], "COMPLETED") == (again.status_code, again.json()["against_id"], again.json()["status"])
    assert compared["changes"] == http.get(f"/api/predictions/{both[1]}/changes").json()["changes"]


def test_an_unchanged_upload_has_not_moved(http: httpx.Client) -> None:
    """The same file twice: nobody moved, by model or data, and nothing was scored again."""
    first, second = (uploaded(http, telecom_csv(150, "Y"), industry="telecom") for _ in range(2))
    assert ["COMPLETED"] * 2 == [ended(http, each)["status"] for each in (first, second)]
    http.post(f"/api/predictions/{second}/changes", params={"against": first})
    deadline = time.monotonic() + 60
    while (told := http.get(f"/api/predictions/{second}/changes").json())["status"] != "COMPLETED":
        assert time.monotonic() < deadline and told["status"] != "FAILED", told
        time.sleep(0.1)
    assert (True, 150, 0, 0, 0.0) == tuple(
        told["changes"][name] for name in ("same_model", "kept", "new", "lost", "mean_move")
    )
    assert [] == told["changes"]["rises"] == told["changes"]["falls"]


def test_deleting_a_prediction_deletes_its_comparisons(http: httpx.Client) -> None:
    """What was made of a customer's data goes with it, from either side."""
    first, second = (uploaded(http, telecom_csv(60, "Z"), industry="telecom") for _ in range(2))
    assert ["COMPLETED"] * 2 == [ended(http, each)["status"] for each in (first, second)]
    assert 202 == http.post(f"/api/predictions/{second}/changes", params={"against": first}).status_code
    assert 204 == http.delete(f"/api/predictions/{first}").status_code
    assert 404 == http.get(f"/api/predictions/{second}/changes").status_code


def test_the_report_tells_what_needs_the_model(http: httpx.Client) -> None:
    """Drift against IBM's customers, what missing columns cost, and the estimate's assumption, from the real stages."""
    over = ended(http, prediction := uploaded(http, telecom_csv(300, "W"), industry="telecom"))
    assert "COMPLETED" == over["status"]
    told = http.get(f"/api/predictions/{prediction}/report").json()["predictions"]
    assert told["drift"]["alert"] in ("high", "watch")
    assert "the 7,043 customers of IBM's Telco sample" == told["drift"]["reference"]
    assert set(told["missing_features"]) == {each["feature"] for each in told["missing_costs"]}
    assert 0.5 < told["estimated_accuracy"]["auc"] < 1 and told["estimated_accuracy"]["assumption"]
