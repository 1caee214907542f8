import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { Prediction } from "@/api/predictions";
import { renderPage } from "@/testing/render";
import { answer, refuse } from "@/testing/server";
import { NeedsPlan } from "./needs-plan";

const PREDICTION = {
  id: "p1",
  filename: "may.csv",
  status: "NEEDS_PLAN",
  message: "This file has 6,000 customers, and 1,000 of the 5,000 predictions are left.",
} as Prediction;

it("says what is short, and goes on when it is not any more", async () => {
  renderPage(<NeedsPlan prediction={PREDICTION} />);
  expect(screen.getByText(PREDICTION.message)).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "See the plans" })).toHaveAttribute(
    "href",
    "/settings/plan",
  );
  refuse("post", "/api/predictions/p1/resume", 402, "there are 900 of 5,000 left");
  await userEvent.click(screen.getByRole("button", { name: "Continue now" }));
  expect(await screen.findByText(/There are still too few left/)).toBeInTheDocument();
  expect(screen.getByText("There are 900 of 5,000 left.")).toBeInTheDocument();
  expect(screen.queryByText(PREDICTION.message)).toBeNull();
  answer("post", "/api/predictions/p1/resume", { ...PREDICTION, status: "QUEUED" }, 202);
  await userEvent.click(screen.getByRole("button", { name: "Continue now" }));
  await expect.poll(() => screen.queryByText(/There are still too few left/)).toBeNull();
});
