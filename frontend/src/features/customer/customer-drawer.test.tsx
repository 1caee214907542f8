import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { Link, Route, Routes, useLocation } from "react-router";
import { beforeEach, expect, it, vi } from "vitest";
import { pageUnderDrawer } from "@/lib/paths";
import { layOut } from "@/testing/layout";
import { renderPage } from "@/testing/render";
import { answer, refuse, server } from "@/testing/server";
import CustomerDrawer from "./customer-drawer";
import type { Changed, CustomerDetail, CustomerHistory, Simulation } from "./queries";

const API = "/api/predictions/p1/customers/A%2F1";

const bar = (feature: string, value: string, unit: string, impact: number) => ({
  feature,
  title: feature.replaceAll("_", " "),
  value,
  unit,
  impact,
  actionable: true,
});

const CUSTOMER: CustomerDetail = {
  customer_id: "A/1",
  customer_name: "Example Freight",
  plan: "starter",
  churn_probability: 0.537,
  probability_low: 0.134,
  probability_high: 0.897,
  retention_probability: 0.463,
  risk_level: "medium",
  top_risk_factor: "last logged in 43 days ago; typical is 3",
  top_factors: [],
  other_impact: 0,
  base_probability: 0.037,
  recommendation:
    "Offer a training session: by the model's estimate the risk falls from 54 % to 8.7 %.",
  action: "train_users",
  action_probability: 0.087,
  model_version: "v1",
  scored_at: "2026-06-01T09:00:00Z",
  horizon_days: 30,
  monthly_revenue: 34.63,
  revenue_at_risk: 18.6,
  revenue_at_risk_low: 4.64,
  revenue_at_risk_high: 31.06,
  expected_saved_revenue: 15.57,
  source_row: 1,
  waterfall: [bar("last_login", "43", "days", 0.4), bar("support_tickets", "5", "tickets", 0.1)],
};

const outcome = (probability: number) => ({
  churn_probability: probability,
  probability_low: probability / 2,
  probability_high: 0.9,
  risk_level: probability > 0.4 ? ("medium" as const) : ("low" as const),
  monthly_revenue: 34.63,
  revenue_at_risk: 34.63 * probability,
  revenue_at_risk_low: null,
  revenue_at_risk_high: null,
});

const simulation = (after: number): Simulation => ({
  customer_id: "A/1",
  before: outcome(0.537),
  after: outcome(after),
  base_probability: 0.037,
  impacts: [],
  moved: [],
  levers: [
    {
      column: "support_tickets",
      feature: "support_tickets",
      label: "support tickets",
      meaning: "support tickets opened",
      kind: "number",
      unit: "tickets",
      current: 5,
      minimum: 0,
      maximum: 1000,
      step: 1,
      low: 0,
      typical: 0,
      high: 3,
      choices: [],
      actionable: true,
    },
    {
      column: "paperless",
      feature: "paperless",
      label: "paperless billing",
      meaning: "",
      kind: "yes or no",
      unit: "",
      current: true,
      minimum: null,
      maximum: null,
      step: null,
      low: null,
      typical: null,
      high: null,
      choices: ["no", "yes"],
      actionable: true,
    },
  ],
  model_version: "v1",
  horizon_days: 30,
});

const score = (prediction_id: string, day: string, probability: number) => ({
  prediction_id,
  filename: "x.csv",
  snapshot_date: day,
  uploaded_at: `${day}T09:00:00Z`,
  churn_probability: probability,
  probability_low: probability / 2,
  probability_high: 0.9,
  risk_level: "medium" as const,
  top_risk_factor: null,
  monthly_revenue: null,
  revenue_at_risk: null,
  model_version: "v1",
});

const HISTORY: CustomerHistory = {
  customer_id: "A/1",
  scores: [score("p0", "2026-05-01", 0.249), score("p1", "2026-06-01", 0.537)],
};

let asked: Changed[];

beforeEach(() => {
  asked = [];
  layOut({ width: 600, height: 300 });
  answer("get", API, CUSTOMER);
  answer("get", `${API}/history`, HISTORY);
  server.use(
    http.post(window.location.origin + `${API}/simulate`, async ({ request }) => {
      const { changes } = (await request.json()) as { changes: Changed };
      asked.push(changes);
      return HttpResponse.json(simulation("support_tickets" in changes ? 0.244 : 0.537));
    }),
  );
});

function Page() {
  const location = useLocation();
  return (
    <>
      <Link
        to="/predictions/p1/customers/A%2F1?risk=medium"
        state={{ under: "/dashboard?risk=medium" }}
      >
        open
      </Link>
      <Routes location={pageUnderDrawer(location) ?? location}>
        <Route path="*" element={<p>the page</p>} />
      </Routes>
      <Routes>
        <Route
          path="/predictions/:prediction/customers/:customer"
          element={<CustomerDrawer prediction="p1" customer="A/1" />}
        />
        <Route path="*" element={null} />
      </Routes>
    </>
  );
}

const open = (at = "/predictions/p1/customers/A%2F1") => renderPage(<Page />, { at });
const address = () => screen.getByTestId("address").textContent;

it("shows both sides of the number, the money, and the action with before and after", async () => {
  open();
  const drawer = within(await screen.findByRole("dialog", { name: "Example Freight" }));
  expect(await drawer.findByText("46.3%")).toBeInTheDocument();
  expect(drawer.getByText("10.3–86.6%")).toBeInTheDocument();
  expect(drawer.getByText("13.4–89.7%")).toBeInTheDocument();
  expect(drawer.getByText("5–31")).toBeInTheDocument();
  expect(drawer.getByText("Offer a training session.")).toBeInTheDocument();
  expect(
    drawer.getByRole("img", { name: "The chance of leaving: 53.7% now, 8.7% after." }),
  ).toBeInTheDocument();
});

it("explains the score by a waterfall that sums, in the customer's own words", async () => {
  open();
  expect(
    await screen.findByRole("img", {
      name: "From the typical customer's 3.7% probability of leaving to this customer's 53.7%, in points: Last login = 43 days +40.0, Support tickets = 5 tickets +10.0.",
    }),
  ).toBeInTheDocument();
});

it("shows no waterfall that does not sum, and everything else", async () => {
  answer("get", API, { ...CUSTOMER, waterfall: CUSTOMER.waterfall.slice(1) });
  vi.spyOn(console, "error").mockImplementation(() => {});
  open();
  expect(await screen.findByText("The reasons cannot be shown")).toBeInTheDocument();
  expect(screen.getByText("Offer a training session.")).toBeInTheDocument();
});

it("answers a what-if live, with what was changed alone, and resets", async () => {
  open();
  const slider = await screen.findByRole("slider", { name: "Support tickets" });
  expect(slider).toHaveAttribute("aria-valuetext", "5 tickets");
  fireEvent.change(slider, { target: { value: "2" } });
  fireEvent.change(slider, { target: { value: "0" } });
  expect(slider).toHaveAttribute("aria-valuetext", "0 tickets");
  expect(await screen.findByText("−29.3 points")).toBeInTheDocument();
  expect(asked).toEqual([{}, { support_tickets: 0 }]);
  await userEvent.selectOptions(screen.getByLabelText("Paperless billing"), "no");
  await waitFor(() => {
    expect(asked.at(-1)).toEqual({ support_tickets: 0, paperless: false });
  });
  await userEvent.click(screen.getByRole("button", { name: "Reset" }));
  expect(slider).toHaveAttribute("aria-valuetext", "5 tickets");
});

it("says why a what-if is refused, and keeps the sliders", async () => {
  open();
  const slider = await screen.findByRole("slider", { name: "Support tickets" });
  refuse("post", `${API}/simulate`, 422, "support_tickets cannot be that");
  fireEvent.change(slider, { target: { value: "1" } });
  expect(await screen.findByText("Support_tickets cannot be that.")).toBeInTheDocument();
  expect(slider).toBeInTheDocument();
});

it("shows the way over the uploads, as a chart and as a table", async () => {
  open();
  const chart = await screen.findByRole("img", { name: /^The chance of leaving over 2 uploads/ });
  expect(chart).toHaveAccessibleName(
    /from 24.9% on 1 May 2026 to 53.7% on 1 Jun 2026, \+28.8 points/,
  );
  expect(screen.getByRole("row", { name: /1 May 2026 24.9%/, hidden: true })).toBeInTheDocument();
});

it("closes by Esc to the page that it was opened from, and gives the focus back", async () => {
  open("/dashboard?risk=medium");
  const link = screen.getByRole("link", { name: "open" });
  await userEvent.click(link);
  expect(await screen.findByRole("dialog")).toBeInTheDocument();
  await userEvent.keyboard("{Escape}");
  await waitFor(() => {
    expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
  });
  expect(address()).toBe("/dashboard?risk=medium");
  expect(link).toHaveFocus();
});

it("closes to its prediction, with the same filters, for whoever came by a link", async () => {
  open("/predictions/p1/customers/A%2F1?risk=high");
  await userEvent.click(await screen.findByRole("button", { name: "Close" }));
  expect(address()).toBe("/predictions/p1?risk=high");
});

it("says so where there is no such customer", async () => {
  refuse("get", API, 404, "this prediction has no customer with that id");
  open();
  expect(await screen.findByText("This customer could not be loaded")).toBeInTheDocument();
});
