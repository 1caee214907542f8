import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { Route, Routes } from "react-router";
import { beforeEach, expect, it } from "vitest";
import { layOut } from "@/testing/layout";
import { renderPage } from "@/testing/render";
import { answer, refuse, server } from "@/testing/server";
import { customer, page, summary } from "./dashboard.fixtures";
import DashboardPage from "./dashboard-page";

/** What was asked for, newest last, by path. */
let asked: Record<string, string[]>;

const lastAsked = (path: string) => new URLSearchParams(asked[path]?.at(-1));
const address = () => screen.getByTestId("address").textContent;

function open(at = "/dashboard") {
  layOut({ width: 600, height: 230 });
  return renderPage(
    <Routes>
      <Route path="/dashboard" element={<DashboardPage />} />
    </Routes>,
    { at },
  );
}

/** The customers as a table, as a wide screen has them. */
function widen() {
  window.matchMedia = (query) =>
    ({
      matches: query.includes("min-width"),
      media: query,
      addEventListener: () => {},
      removeEventListener: () => {},
    }) as unknown as MediaQueryList;
}

beforeEach(() => {
  widen();
  asked = {};
  server.events.removeAllListeners();
  server.events.on("request:start", ({ request }) => {
    const { pathname, search } = new URL(request.url);
    (asked[pathname] ??= []).push(search);
  });
  answer("get", "/api/predictions/", { predictions: [], next: null });
  answer("get", "/api/summary", summary());
  answer("get", "/api/customers", page([customer("A-1"), customer("B-2")], 120));
});

it("shows the figures, the charts and the customers", async () => {
  open();
  expect(await screen.findByText("7,043")).toBeInTheDocument();
  for (const figure of ["540", "1,482", "73.4%", "139,852"]) {
    expect(screen.getAllByText(figure)[0]).toBeInTheDocument();
  }
  expect(screen.getByText("88,874–199,677 a month")).toBeInTheDocument();
  expect(
    await screen.findByRole("img", {
      name: "Customers by risk: 540 high, 1,482 medium, 5,021 low.",
    }),
  ).toBeInTheDocument();
  const row = within(await screen.findByRole("row", { name: /A-1/ }));
  expect(row.getByText("91.8%")).toBeInTheDocument();
  expect(row.getByText("83.2–96.2%")).toBeInTheDocument();
  expect(row.getByText("Has been a customer for 1 month; typical is 29")).toBeInTheDocument();
  expect(row.getByText("Offer a one-year contract")).toBeInTheDocument();
  expect(row.getByText("92% → 78%")).toBeInTheDocument();
  expect(screen.getByText("1–2 of 120")).toBeInTheDocument();
});

it("asks for what the address says, of both figures and customers", async () => {
  open(
    "/dashboard?risk=high&plan=two+year&search=ann&retention=9&from=2026-05-02&sort=-revenue_at_risk&page=2",
  );
  await screen.findByText("7,043");
  const filters = {
    risk_level: "high",
    search: "ann",
    plan: "two year",
    retention_bin: "9",
    uploaded_from: "2026-05-02",
  };
  expect(Object.fromEntries(lastAsked("/api/summary"))).toEqual(filters);
  expect(Object.fromEntries(lastAsked("/api/customers"))).toEqual({
    ...filters,
    sort: "-revenue_at_risk",
    page: "2",
    page_size: "50",
  });
});

it("filters by a click on a bar, goes back to the first page, and clears all", async () => {
  open("/dashboard?page=2");
  await userEvent.click(await screen.findByRole("button", { name: "Medium risk: 1,482 (21.0%)" }));
  expect(address()).toBe("/dashboard?risk=medium");
  await userEvent.click(screen.getByRole("button", { name: "90–100%: 6,143 customers" }));
  expect(address()).toBe("/dashboard?risk=medium&retention=9");
  await waitFor(() => {
    expect(lastAsked("/api/customers").get("retention_bin")).toBe("9");
    expect(lastAsked("/api/summary").get("risk_level")).toBe("medium");
  });
  await userEvent.click(screen.getByRole("button", { name: "Clear all" }));
  expect(address()).toBe("/dashboard");
});

it("looks for a customer once the typing stops, and lets the address change the field", async () => {
  open();
  const field = await screen.findByRole("searchbox");
  await userEvent.type(field, "a-1 ");
  await waitFor(() => {
    expect(address()).toBe("/dashboard?search=a-1");
  });
  expect(field).toHaveValue("a-1 ");
  expect(asked["/api/customers"]?.filter((each) => each.includes("search="))).toHaveLength(1);
  await userEvent.click(screen.getByRole("button", { name: "Clear all" }));
  expect(field).toHaveValue("");
});

it("sorts by a column, greatest first, then the other way round", async () => {
  open();
  const header = await screen.findByRole("columnheader", { name: "Revenue at risk" });
  await userEvent.click(within(header).getByRole("button"));
  expect(address()).toBe("/dashboard?sort=-revenue_at_risk");
  expect(header).toHaveAttribute("aria-sort", "descending");
  await userEvent.click(within(header).getByRole("button"));
  expect(address()).toBe("/dashboard?sort=revenue_at_risk");
});

it("goes to the last page where the address names one beyond it", async () => {
  open("/dashboard?page=9");
  await waitFor(() => {
    expect(address()).toBe("/dashboard?page=3");
  });
});

it("leads to a customer of the upload that the score is of, and keeps the page under it", async () => {
  open("/dashboard?risk=high");
  const link = await screen.findByRole("link", { name: /^A-1/ });
  expect(link).toHaveAttribute("href", `/predictions/${"p".repeat(32)}/customers/A-1`);
});

it("says so where there is nothing yet, and how to begin", async () => {
  answer(
    "get",
    "/api/summary",
    summary({ customers: 0, uploads: { count: 0, first_at: null, last_at: null } }),
  );
  answer("get", "/api/customers", page([]));
  open();
  expect(await screen.findByRole("link", { name: "Upload a file" })).toHaveAttribute(
    "href",
    "/upload",
  );
});

const NOBODY = summary({
  customers: 0,
  by_risk: { high: 0, medium: 0, low: 0 },
  mean_churn_probability: null,
  average_retention: null,
  monthly_revenue: null,
  revenue_at_risk: null,
  revenue_at_risk_low: null,
  revenue_at_risk_high: null,
  expected_saved_revenue: null,
  retention_histogram: summary().retention_histogram.map((bin) => ({ ...bin, customers: 0 })),
  drivers: [],
  plans: [],
});

it("says so where nobody fits the filters, with no reason that is not so, and clears them", async () => {
  answer("get", "/api/customers", page([]));
  answer("get", "/api/summary", NOBODY);
  open("/dashboard?search=nobody");
  expect(await screen.findByText("No customers match")).toBeInTheDocument();
  const revenue = screen.getByText("Revenue at risk").parentElement;
  expect(revenue).toHaveTextContent("Revenue at risk–");
  expect(screen.queryByText(/revenue in the file|not known|no reasons/)).not.toBeInTheDocument();
  expect(screen.queryByRole("heading", { name: "Top drivers" })).not.toBeInTheDocument();
  expect(screen.queryByRole("img")).not.toBeInTheDocument();
  answer("get", "/api/summary", summary());
  answer("get", "/api/customers", page([customer("A-1")]));
  const [, clear] = screen.getAllByRole("button", { name: "Clear all" });
  if (clear) await userEvent.click(clear);
  expect(await screen.findByText("A-1")).toBeInTheDocument();
  expect(await screen.findByRole("heading", { name: "Top drivers" })).toBeInTheDocument();
  expect(address()).toBe("/dashboard");
});

it("keeps every plan to choose from where nobody fits the filters", async () => {
  server.use(
    http.get(window.location.origin + "/api/summary", ({ request }) =>
      HttpResponse.json(new URL(request.url).search ? NOBODY : summary()),
    ),
  );
  open("/dashboard?search=nobody&plan=two+year");
  await userEvent.click(await screen.findByRole("button", { name: "Plan: Two year" }));
  expect(await screen.findByRole("checkbox", { name: /^Two year/ })).toBeChecked();
  await userEvent.click(await screen.findByRole("checkbox", { name: /^Month-to-month/ }));
  expect(address()).toBe("/dashboard?search=nobody&plan=two+year&plan=month-to-month");
});

it("does not say of a filtered choice without revenue that the file has none", async () => {
  answer("get", "/api/summary", summary({ revenue_at_risk: null }));
  open("/dashboard?risk=high");
  expect(await screen.findByText("not known for these")).toBeInTheDocument();
});

it("tells a fault of one part there alone, with the request's id, and tries again", async () => {
  refuse("get", "/api/customers", 500, "it broke");
  open();
  expect(await screen.findByText("7,043")).toBeInTheDocument();
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("The customers could not be loaded");
  expect(alert).toHaveTextContent("req-1");
  answer("get", "/api/customers", page([customer("A-1")]));
  await userEvent.click(within(alert).getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("A-1")).toBeInTheDocument();
});

it("keeps the last figures when the next ones do not come", async () => {
  open();
  expect(await screen.findByText("7,043")).toBeInTheDocument();
  refuse("get", "/api/summary", 500, "it broke");
  await userEvent.click(screen.getByRole("button", { name: "High" }));
  expect(await screen.findByRole("alert")).toHaveTextContent(
    "These are the last figures that arrived.",
  );
  expect(screen.getByText("7,043")).toBeInTheDocument();
});

it("keeps the old rows, dimmed, while others are on the way", async () => {
  open();
  await screen.findByText("A-1");
  let send = () => {};
  server.use(
    http.get(
      window.location.origin + "/api/customers",
      () =>
        new Promise((resolve) => {
          send = () => {
            resolve(HttpResponse.json(page([customer("C-3")])));
          };
        }),
    ),
  );
  await userEvent.click(screen.getByRole("button", { name: "Next page" }));
  await waitFor(() => {
    expect(screen.getByText("A-1").closest("[aria-busy]")).toHaveAttribute("aria-busy", "true");
  });
  send();
  expect(await screen.findByText("C-3")).toBeInTheDocument();
});

it("exports what the filters leave and says how many rows that is", async () => {
  const made = {
    id: "e1",
    status: "PROCESSING",
    prediction_id: null,
    format: "xlsx",
    filename: "customers-2026-06-01.xlsx",
    rows: 540,
    rows_done: 100,
    message: "Writing",
    error: null,
    size_bytes: null,
    created_at: "2026-06-01T09:00:00Z",
    completed_at: null,
    kept_until: "2026-06-08T09:00:00Z",
  };
  const clicked: string[] = [];
  HTMLAnchorElement.prototype.click = function () {
    clicked.push(this.getAttribute("href") ?? "");
  };
  answer("post", "/api/exports", made, 202);
  answer("get", "/api/exports/e1", made);
  open("/dashboard?risk=high");
  await screen.findByText("7,043");
  await userEvent.click(screen.getByRole("button", { name: "Export" }));
  const excel = await screen.findByText("Excel");
  expect(excel.closest("button")).toHaveTextContent("7,043 rows");
  await userEvent.click(excel);
  expect(await screen.findByText("100 of 540 rows")).toBeInTheDocument();
  expect(Object.fromEntries(lastAsked("/api/exports"))).toEqual({
    risk_level: "high",
    sort: "-probability",
    format: "xlsx",
  });
  answer("get", "/api/exports/e1", { ...made, status: "COMPLETED", size_bytes: 52000 });
  expect(await screen.findByText(/customers-2026-06-01.xlsx, 52.0 KB/)).toBeInTheDocument();
  expect(clicked).toEqual(["/api/exports/e1/file"]);
});
