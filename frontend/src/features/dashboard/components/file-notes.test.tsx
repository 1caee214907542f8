import { screen } from "@testing-library/react";
import { Route, Routes } from "react-router";
import { expect, it } from "vitest";
import { PREDICTION } from "@/testing/predictions";
import { renderPage } from "@/testing/render";
import { answer } from "@/testing/server";
import { page, summary } from "../dashboard.fixtures";
import DashboardPage from "../dashboard-page";

interface Case {
  quarantined?: number;
  family?: string;
  churnRate?: number | null;
}

/** The dashboard of a prediction of a file with 35 rows. */
function open({ quarantined = 0, family = "baseline-saas", churnRate = null }: Case) {
  const figures = { ...summary({ customers: 35 - quarantined }), uploads: undefined };
  answer("get", "/api/predictions/p1", {
    ...PREDICTION,
    status: "COMPLETED",
    churn_rate: churnRate,
  });
  answer("get", "/api/predictions/p1/summary", figures);
  answer("get", "/api/predictions/p1/customers", page([]));
  answer("get", "/api/predictions/p1/previous", { previous: null });
  answer("get", "/api/predictions/p1/report", {
    rows: { read: 35, clean: 35 - quarantined, quarantined, folded: 0, left_out: [] },
    predictions: { rows: 35 - quarantined, model_family: family },
  });
  renderPage(
    <Routes>
      <Route path="/predictions/:prediction" element={<DashboardPage />} />
    </Routes>,
    { at: "/predictions/p1" },
  );
}

it("says how many rows are not among the customers, and leads to the reasons", async () => {
  open({ quarantined: 16 });
  expect(await screen.findByText(/16 rows of the file were set aside/)).toBeInTheDocument();
  expect(await screen.findByText("of 35 rows in this file")).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "See why" })).toHaveAttribute(
    "href",
    "/predictions/p1/report",
  );
});

it("says that a general model's chances are a ranking while no churn rate is given", async () => {
  open({});
  expect(await screen.findByText(/read them as a ranking/)).toBeInTheDocument();
  expect(screen.queryByText(/set aside/)).toBeNull();
  expect(screen.getByText("in this file")).toBeInTheDocument();
});

it.each([{ churnRate: 0.03 }, { family: "own-saas" }])(
  "keeps quiet where the level is the company's own: %o",
  async (how) => {
    open({ quarantined: 1, ...how });
    expect(await screen.findByText(/1 row of the file was set aside/)).toBeInTheDocument();
    expect(screen.queryByText(/read them as a ranking/)).toBeNull();
  },
);
