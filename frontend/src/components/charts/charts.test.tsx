import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { layOut } from "@/testing/layout";
import { renderPage } from "@/testing/render";
import { Bars } from "./bars";
import { Histogram } from "./histogram";
import { Waterfall } from "./waterfall";

beforeEach(() => {
  layOut({ width: 600, height: 230 });
});

const RISKS = [
  { key: "high", label: "High", value: 1200, fill: "fill-high-mark" },
  { key: "low", label: "Low", value: 3, fill: "fill-low-mark" },
];

it("says a chart in a sentence and has its figures as a table", async () => {
  renderPage(<Bars title="Customers by risk" sentence="1,200 high and 3 low." bars={RISKS} />);
  expect(await screen.findByRole("img", { name: "1,200 high and 3 low." })).toBeInTheDocument();
  const table = screen.getByRole("table", { name: "Customers by risk", hidden: true });
  expect(within(table).getByRole("row", { name: "High 1,200", hidden: true })).toBeInTheDocument();
});

it("makes bars buttons that say whether they are chosen", async () => {
  const onChoose = vi.fn();
  renderPage(<Bars title="t" sentence="s" bars={RISKS} chosen={["high"]} onChoose={onChoose} />);
  const low = await screen.findByRole("button", { name: "Low: 3" });
  expect(low).toHaveAttribute("aria-pressed", "false");
  expect(screen.getByRole("button", { name: "High: 1,200" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await userEvent.click(low);
  expect(onChoose).toHaveBeenCalledExactlyOnceWith("low");
});

it("shows the ranges of a histogram in percent", async () => {
  renderPage(
    <Histogram
      title="Retention"
      sentence="All in one range."
      axisTitle="Retention (%)"
      bins={[
        { lower: 0, upper: 0.1, count: 0 },
        { lower: 0.9, upper: 1, count: 44 },
      ]}
    />,
  );
  const chart = await screen.findByRole("img", { name: "All in one range." });
  expect(within(chart).getByText("90–100")).toBeInTheDocument();
  expect(screen.getByRole("row", { name: "90–100 44", hidden: true })).toBeInTheDocument();
});

it("tells a waterfall from the typical customer to this one", async () => {
  renderPage(
    <Waterfall
      base={0.262}
      output={0.631}
      reasons={[
        { label: "Tenure", value: "3 months", impact: 0.4 },
        { label: "Contract", value: null, impact: -0.031 },
      ]}
    />,
  );
  expect(
    await screen.findByRole("img", {
      name: "From the typical customer's 26.2% probability of leaving to this customer's 63.1%, in points: Tenure = 3 months +40.0, Contract −3.1.",
    }),
  ).toBeInTheDocument();
  expect(
    screen.getByRole("row", { name: "Contract −3.1 63.1%", hidden: true }),
  ).toBeInTheDocument();
});
