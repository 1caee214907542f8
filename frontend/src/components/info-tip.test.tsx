import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderPage } from "@/testing/render";
import { ChartCard } from "./chart-card";
import { MetricCard } from "./metric-card";

it("is named after what it explains, be it a question, and explains it on a click", async () => {
  renderPage(
    <>
      <ChartCard title="Does it find those who leave?" help="In ten groups." children={null} />
      <MetricCard label="Revenue at risk" value="10" help="What you expect to lose." />
    </>,
  );
  const names = screen.getAllByRole("button").map((button) => button.ariaLabel);
  expect(names).toEqual(["More on: Does it find those who leave?", "More on: Revenue at risk"]);
  await userEvent.click(screen.getByRole("button", { name: "More on: Revenue at risk" }));
  expect(await screen.findByText("What you expect to lose.")).toBeInTheDocument();
});
