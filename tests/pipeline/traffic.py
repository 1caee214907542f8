"""Files whose personal cells are all marked, and what a customer's program does with each of them."""

import csv
import io
import json
import time

import httpx

from tests.journey import ended

MARKS = ("Zmarkname", "zmarkmail", "ZMARKID")
"""Stand in every personal cell of every file that is sent: a name, an address, an id."""

ROWS = 80


def marked(*, prices: bool = True, bad: bool = False) -> bytes:
    """A SaaS export whose names, addresses and ids all bear MARKS.

    bad: rows that are set aside for reasons of every kind, bytes that are no text, a repeated customer, ragged lines.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    price = ["MRR"] if prices else ["Zephyr"]
    writer.writerow(["Customer ID", "Company Name", "Contact Email", "Tenure (months)", *price, "Seats", "Notes"])
    for row in range(ROWS):
        cells: list[object] = [
            f"ZMARKID-{row:04d}",
            f"Zmarkname {row}",
            f"zmarkmail{row}@zmarkmail.example",
            row % 40 + 1,
            f"{20 + row * 3}.00",
            row % 9 + 1,
            f"call Zmarkname {row} at zmarkmail{row}@zmarkmail.example",
        ]
        if bad and row % 10 == 3:
            cells[3] = f"Zmarkname {row}"
        if bad and row % 10 == 4:
            cells[4] = -5
        if bad and row % 10 == 5:
            cells[0] = ""
        if bad and row % 10 == 6:
            cells[0] = "ZMARKID-0000"
        if bad and row % 10 == 7:
            cells.append("ZMARKID-too-many")
        writer.writerow(cells)
    return text.getvalue().encode() + (b"ZMARKID-\xff,caf\xe9 Zmarkname,zmarkmail@x,1,2,3,4\r\n" if bad else b"")


FILES = {
    "good": marked(),
    "bad": marked(bad=True),
    "without prices": marked(prices=False),
    "no table": b"ZMARKID-1 Zmarkname zmarkmail@x.example",
    "a picture": b"\x89PNG\r\n\x1a\n" + b"Zmarkname\x00" * 200,
    "only a header": b"Customer ID,Zmarkname\n",
    "binary in text": marked()[:2_000] + bytes(range(256)) * 4 + b"ZMARKID",
    "an open quote": marked()[:1_500] + b'"ZMARKID-9, Zmarkname' + b"x" * 100,
}


class Traffic:
    """Sends files and keeps every answer that is not a list of customers."""

    def __init__(self, http: httpx.Client) -> None:
        self.http = http
        self.seen: dict[str, str] = {}

    def keep(self, what: str, answer: httpx.Response) -> httpx.Response:
        self.seen[what] = answer.text + json.dumps(dict(answer.headers))
        return answer

    def send(self, name: str, data: bytes) -> None:
        """Uploads the file, follows it to its end, and asks for all that can be had of it."""
        answer = self.keep(f"{name}: upload", self.http.post("/api/csv", files={"file": ("customers.csv", data)}))
        if answer.status_code != 202:
            return
        prediction = answer.json()["id"]
        over = ended(self.http, prediction)
        if over["status"] == "NEEDS_MAPPING":
            self.keep(f"{name}: questions", self.http.get(f"/api/predictions/{prediction}"))
            wrong = {"decisions": {"mrr": {"answer": "Zno-such-option"}}}
            self.keep(f"{name}: wrong answer", self.http.put(f"/api/predictions/{prediction}/mapping", json=wrong))
            asked = {question["canonical"]: None for question in over["questions"]}
            answer = self.http.put(f"/api/predictions/{prediction}/mapping", json={"decisions": asked})
            self.keep(f"{name}: answered", answer)
            ended(self.http, prediction)
        self.keep(f"{name}: end", self.http.get(f"/api/predictions/{prediction}"))
        for path in ("report", "report?format=html", "summary"):
            self.keep(f"{name}: {path}", self.http.get(f"/api/predictions/{prediction}/{path}"))
        for path in ("customers", "quarantine", "export", "results.parquet", "customers/ZMARKID-0001"):
            self.http.get(f"/api/predictions/{prediction}/{path}")  # the owner's own; logs must not hold the ids
        export = self.http.post(f"/api/predictions/{prediction}/exports?format=xlsx&search=Zmarkname")
        if export.is_success:
            address = f"/api/exports/{export.json()['id']}"
            while self.http.get(address).json()["status"] in ("QUEUED", "PROCESSING"):
                time.sleep(0.1)
            assert self.http.get(f"{address}/file").content[:2] == b"PK"
        for path in ("/api/customers?search=ZMARKID", f"/api/predictions/{prediction}/customers/ZMARKID-0001/history"):
            self.http.get(path)
        if ended(self.http, prediction)["status"] != "NEEDS_MAPPING":  # then a stream of events ends by itself
            self.keep(f"{name}: events", self.http.get(f"/api/predictions/{prediction}/events"))
        self.keep(f"{name}: all", self.http.get("/api/summary?search=Zmarkname"))
        self.keep(f"{name}: nobody", self.http.get(f"/api/predictions/{prediction}/customers/ZMARKID-nobody"))
        self.keep(f"{name}: search", self.http.get(f"/api/predictions/{prediction}/summary?search=Zmarkname"))
        head = self.http.post("/api/mapping/preview", content=data)
        if head.is_error:
            self.keep(f"{name}: refused preview", head)
