import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Route, Routes } from "react-router";
import { beforeEach, expect, it } from "vitest";
import type { Report } from "@/api/report";
import { renderPage } from "@/testing/render";
import { answer, refuse } from "@/testing/server";
import ReportPage from "./report-page";
import type { Check } from "./words";

const PREDICTION = {
  id: "p1",
  status: "COMPLETED",
  filename: "may.csv",
  scored_at: "2026-05-31T10:00:00Z",
  model_version: "abc123",
  message: "3 customers scored",
};

const check = (parts: Partial<Check>): Check => ({
  id: "types.mrr",
  layer: "types",
  severity: "error",
  passed: false,
  count: 2,
  share: 0.2,
  message: "mrr is no number: in 2 of 10 rows, set aside.",
  advice: "Write amounts as 1234.50.",
  cost: 0.2,
  columns: ["mrr"],
  rows: [3, 7],
  file_columns: ["Amount due"],
  ...parts,
});

const REPORT: Report = {
  schema_version: 1,
  file: {
    rows: 10,
    columns: 4,
    encoding: "utf-8",
    delimiter: ";",
    compression: "",
    repairs: [{ code: "bom", message: "A byte order mark was dropped", count: 1, lines: [1] }],
  },
  industry: "saas",
  snapshot_date: "2026-05-31",
  signature: { tool: "Stripe", confidence: 92 },
  derivations: [
    {
      canonical: "tenure_months",
      rule: "months_since",
      columns: ["Created"],
      parameters: {},
      confidence: 90,
      evidence: "all cells of 'Created' are dates",
      examples: [{ before: ["2025-05-31"], after: "12" }],
    },
  ],
  columns_mapped: [
    {
      column: "Amount due",
      canonical: "mrr",
      confidence: 51,
      strategy: "alias",
      evidence: "a name of mrr",
    },
  ],
  extra_columns: ["note"],
  missing_required: [],
  missing_optional: ["seats_used"],
  rows: { read: 10, clean: 8, quarantined: 2, folded: 0, left_out: [] },
  score: 0.75,
  score_costs: [{ check: "types.mrr", cost: 0.2, message: "mrr is no number: in 2 rows." }],
  checks: [
    check({}),
    check({ id: "schema.mrr", layer: "schema", passed: true, count: 0, cost: 0 }),
  ],
  suggestions: [
    {
      message: "Write amounts as 1234.50.",
      worth: 0.2,
      check: "types.mrr",
      columns: ["mrr"],
      levels_changed: 2,
    },
  ],
  predictions: {
    rows: 8,
    model_family: "baseline-saas",
    model_version: "abc123",
    model_digest: "d",
    horizon_days: 30,
    risk: { high: 1, medium: 2, low: 5 },
    mean_probability: 0.2,
    missing_features: ["seat_use"],
    reasons_exact: true,
    estimated_accuracy: {
      right_share: 0.93,
      leavers: 1.6,
      top_tenth_share: 0.4,
      auc: 0.74,
      brier: 0.1,
      assumption: "It holds if it holds.",
    },
    missing_costs: [{ feature: "seat_use", auc: 0.0116 }],
    drift: null,
    shadow: null,
  },
};

function show() {
  return renderPage(
    <Routes>
      <Route path="/predictions/:prediction/report" element={<ReportPage />} />
    </Routes>,
    { at: "/predictions/p1/report" },
  );
}

const card = async (name: string) => within(await screen.findByRole("region", { name }));

beforeEach(() => {
  answer("get", "/api/predictions/p1", PREDICTION);
  answer("get", "/api/predictions/p1/report", REPORT);
});

it("tells the score, what it cost, and what to do in the order of worth", async () => {
  show();
  const score = await card("Quality score");
  expect(score.getByText("75")).toBeInTheDocument();
  expect(score.getByText("Fair")).toBeInTheDocument();
  expect(score.getByText("−20")).toBeInTheDocument();
  const first = await card("What to do first");
  expect(first.getByText("+20 points")).toBeInTheDocument();
  expect(first.getByText("could change 2 risk levels")).toBeInTheDocument();
});

it("offers the rows set aside and the page to forward", async () => {
  show();
  expect(await screen.findByRole("link", { name: "Download 2 rows with reasons" })).toHaveAttribute(
    "href",
    "/api/predictions/p1/quarantine",
  );
  expect(screen.getByRole("link", { name: "Report to forward" })).toHaveAttribute(
    "download",
    "data-quality-may.html",
  );
});

it("says of each column what it was taken for, how surely, and what is missing at which cost", async () => {
  show();
  const columns = await card("Columns");
  const row = within(columns.getByRole("row", { name: /Amount due/ }));
  expect(row.getByText("MRR")).toBeInTheDocument();
  expect(row.getByText("Unsure")).toBeInTheDocument();
  expect(row.getByText("51%")).toBeInTheDocument();
  expect(columns.getByText("Seats used")).toBeInTheDocument();
  const missing = await card("What the model would also read");
  expect(missing.getByText("Seat use")).toBeInTheDocument();
  expect(missing.getByText("−1.2")).toBeInTheDocument();
  const derived = await card("What was worked out");
  expect(derived.getByText("2025-05-31")).toBeInTheDocument();
});

it("names rows of a failed check by number, and folds those that passed away", async () => {
  show();
  const checks = await card("Checks");
  expect(checks.getByText("1 of 2 checks found nothing.")).toBeInTheDocument();
  expect(
    checks.getByText(/First rows in your file: 3, 7\. Your file calls it Amount due\./),
  ).toBeInTheDocument();
});

it("shows the request id of a fault, and tries again when asked", async () => {
  refuse("get", "/api/predictions/p1/report", 503, "the store does not answer");
  show();
  expect(await screen.findByRole("alert")).toHaveTextContent("req-1");
  answer("get", "/api/predictions/p1/report", REPORT);
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("75")).toBeInTheDocument();
});
