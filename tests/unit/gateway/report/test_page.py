"""The report as a page."""

from html.parser import HTMLParser

from libs.contracts.mapping.v1 import mapping_pb2
from libs.contracts.scoring.v1 import scoring_pb2
from services.gateway.report.composing import compose
from services.gateway.report.page import report_page
from tests.unit.gateway.report.test_composing import document, stage_messages
from tests.unit.gateway.report.test_drift import feature

EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


class Tags(HTMLParser):
    """Tags and attributes of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def page(**plan: object) -> str:
    """The page of the small file, its plan as changed."""
    messages = stage_messages()
    messages["plan"].MergeFrom(mapping_pb2.Plan(**plan))
    return report_page(compose(**{name: document(message) for name, message in messages.items()}), "may.csv")


def test_the_page_tells_what_the_report_tells() -> None:
    """Score, rows, suggestions with their worth, columns, checks, repairs and predictions."""
    text = Tags(page()).text
    for part in (
        "Data quality of may.csv",
        "0.73 of 1",
        "mend schema.tenure_months. (worth 0.20 of the score)",
        "customer_id",
        "98 %",
        "1 of 6 checks found nothing.",
        "5 (5.0%)",
        "windows-1252, gzip, 3 columns",
        "2 rows were cut. (2)",
        "5 customers at high risk, 20 at medium, 70 at low",
        "scored without: tenure_months",
    ):
        assert part in text, part


def test_nothing_in_the_page_runs_or_is_loaded() -> None:
    """No script, no image, no link, no handler, no address."""
    seen = Tags(page())
    assert set() == seen.tags & {"script", "img", "link", "iframe", "object", "form", "a", "base"}
    assert set() == {name for name in seen.attributes if name.startswith("on") or name in ("href", "src", "style")}
    assert "url(" not in page()
    assert "http" not in page()


def test_markup_in_names_and_evidence_is_text() -> None:
    """Whoever names a column cannot write into the page that another person opens."""
    mapping = mapping_pb2.ColumnMapping(column=EVIL, canonical="mrr", evidence=EVIL)
    derivation = mapping_pb2.Derivation(canonical="mrr", rule=EVIL, columns=[EVIL], evidence=EVIL)
    made = page(
        mappings=[mapping, mapping_pb2.ColumnMapping(column=EVIL + "2")],
        derivations=[derivation],
        signature=mapping_pb2.Signature(tool=EVIL, confidence=50),
        grain=mapping_pb2.Grain(row=EVIL, rule=EVIL),
    )
    assert Tags(page()).tags == Tags(made).tags - {"p"} | Tags(page()).tags
    assert set() == Tags(made).tags & {"script", "img"}
    assert EVIL in Tags(made).text


def test_the_page_fits_dark_narrow_and_printed() -> None:
    """Its style knows a dark scheme, a narrow screen and paper."""
    for rule in ("prefers-color-scheme:dark", "max-width:40rem", "@media print", "width=device-width"):
        assert rule in page()


def test_what_needs_the_model_is_told() -> None:
    """Drift with its alert, costs of what is missing, and customers whose level a repair could change."""
    messages = stage_messages()
    summary = messages["summary"]
    summary.missing_costs.add(feature="tenure_months", auc=0.0191)
    summary.perturbation_effects.add(id="rule.total", changed_count=40, raised_count=3, lowered_count=4)
    summary.drift.CopyFrom(
        scoring_pb2.Drift(reference="those of May", features=[feature("mrr", "STRONG", 0.4, (90, 10))])
    )
    text = Tags(report_page(compose(**{name: document(message) for name, message in messages.items()}), "may.csv")).text
    for part in (
        "tenure_months (0.019 of AUC)",
        "(worth 0.02 of the score; could change the risk level of 7 customers)",
        "Are these customers like those the model knows? Watch.",
        "differs strongly",
        "mrr 0: 90%, was 50%",
    ):
        assert part in text, part


def test_the_shadow_is_one_sentence() -> None:
    """As the report has it; markup in a version's name is text."""
    documents = {name: document(message) for name, message in stage_messages().items()}
    named = {"family": "baseline-saas", "version": EVIL, "digest": "ab" * 32, "not_scored": "Forbidden"}
    made = compose(**documents, shadow=named)
    assert made.predictions.shadow is not None
    page = report_page(made, "may.csv")
    assert made.predictions.shadow.sentence in Tags(page).text
    assert "script" not in Tags(page).tags
