import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderPage } from "@/testing/render";
import { answer } from "@/testing/server";
import { type Changes, useChanges } from "../queries";
import { ChangesCard, sentenceOf } from "./changes-card";

const upload = (prediction_id: string) => ({
  prediction_id,
  snapshot_date: "2026-05-01",
  model_version: "v1",
  customers: 100,
  expected_leavers: 10,
  revenue_at_risk: 500,
});

const CHANGES: Changes = {
  schema_version: 1,
  before: upload("p0"),
  after: upload("p1"),
  same_model: false,
  kept: 90,
  new: 12,
  lost: 7,
  mean_move: 0.012,
  mean_model_move: 0.004,
  mean_data_move: 0.008,
  mean_unexplained_move: 0,
  features: [
    {
      feature: "failed_payments",
      title: "failed payments",
      mean: 0.01,
      mean_size: 0.01,
      raised: 5,
      lowered: 1,
    },
  ],
  levels: [
    { before: "low", after: "high", customers: 3 },
    { before: "medium", after: "high", customers: 2 },
    { before: "high", after: "high", customers: 40 },
    { before: "high", after: "low", customers: 1 },
  ],
  rises: [
    {
      customer_id: "C-1",
      before: 0.176,
      after: 0.569,
      model_move: 0,
      data_move: 0.393,
      feature: "failed_payments",
    },
  ],
  falls: [],
};

const EARLIER = {
  prediction_id: "p0",
  filename: "april.csv",
  uploaded_at: "2026-05-01T09:00:00Z",
  snapshot_date: "2026-05-01",
};

const comparison = (more: object) => ({
  prediction_id: "p1",
  against_id: "p0",
  status: "COMPLETED",
  message: "",
  error: null,
  changes: null,
  ...more,
});

function Card() {
  const query = useChanges("p1");
  return query.data === null ? (
    <p>nothing before</p>
  ) : (
    <ChangesCard predictionId="p1" query={query} />
  );
}

it("asks for the comparison that nobody has asked for, and shows it once it is there", async () => {
  answer("get", "/api/predictions/p1/previous", { previous: { ...EARLIER, status: null } });
  answer("post", "/api/predictions/p1/changes", comparison({ status: "QUEUED" }), 202);
  renderPage(<Card />);
  expect(
    await screen.findByRole("status", { name: "Comparing the two uploads" }),
  ).toBeInTheDocument();
  answer("get", "/api/predictions/p1/previous", { previous: { ...EARLIER, status: "COMPLETED" } });
  answer("get", "/api/predictions/p1/changes", comparison({ changes: CHANGES }));
  expect(await screen.findByText("Failed payments")).toBeInTheDocument();
  expect(screen.getByRole("link", { name: /C-1/ })).toHaveAttribute(
    "href",
    "/predictions/p1/customers/C-1",
  );
  expect(screen.getByText("Now high risk").parentElement).toHaveTextContent("5");
  expect(screen.getByText("No longer high").parentElement).toHaveTextContent("1");
});

it("is not there for the first upload", async () => {
  answer("get", "/api/predictions/p1/previous", { previous: null });
  renderPage(<Card />);
  expect(await screen.findByText("nothing before")).toBeInTheDocument();
});

it("says why it failed, and makes it anew when asked", async () => {
  answer("get", "/api/predictions/p1/previous", { previous: { ...EARLIER, status: "FAILED" } });
  answer(
    "get",
    "/api/predictions/p1/changes",
    comparison({
      status: "FAILED",
      error: { kind: "Internal", code: "Bug", message: "It broke." },
    }),
  );
  renderPage(<Card />);
  expect(await screen.findByRole("alert")).toHaveTextContent("It broke.");
  answer("post", "/api/predictions/p1/changes", comparison({ status: "QUEUED" }), 202);
  answer("get", "/api/predictions/p1/previous", { previous: { ...EARLIER, status: "COMPLETED" } });
  answer("get", "/api/predictions/p1/changes", comparison({ changes: CHANGES }));
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("Failed payments")).toBeInTheDocument();
});

it.each([
  [
    {},
    "The average chance of leaving rose by 1.2 points over the 90 customers in both: +0.8 from the customers' data, +0.4 from the model.",
  ],
  [
    { same_model: true, mean_move: -0.02, kept: 1 },
    "The average chance of leaving fell by 2.0 points over the 1 customer in both.",
  ],
  [
    { same_model: true, mean_move: 0.0001 },
    "The average chance of leaving stayed as it was over the 90 customers in both.",
  ],
  [{ mean_move: null }, "No customer is in both uploads, so there is nothing to compare."],
])("says %j in a sentence", (more, said) => {
  expect(sentenceOf({ ...CHANGES, ...more })).toBe(said);
});
