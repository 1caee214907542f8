import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { Auth } from "@/auth/auth";
import { renderPage, SIGNED_IN } from "@/testing/render";
import { answer, refuse } from "@/testing/server";
import PricingPage from "./pricing-page";

const STRANGER: Auth = { ...SIGNED_IN, status: "signed-out", user: null };

const PLANS = [
  {
    id: "starter",
    name: "Starter",
    price_usd_month: 79,
    predictions_month: 1000,
    seats: 1,
    features: [],
  },
  {
    id: "enterprise",
    name: "Enterprise",
    price_usd_month: null,
    predictions_month: null,
    seats: null,
    features: ["own_models"],
  },
];

it("shows what each plan costs and what it adds to the one below", async () => {
  answer("get", "/api/plans", PLANS);
  renderPage(<PricingPage />, { auth: STRANGER });
  const starter = within(await screen.findByRole("region", { name: "Starter" }));
  expect(starter.getByText("$79")).toBeInTheDocument();
  expect(starter.getByText("Quality report of every file")).toBeInTheDocument();
  const enterprise = within(screen.getByRole("region", { name: "Enterprise" }));
  expect(enterprise.getByText("Talk to us")).toBeInTheDocument();
  expect(enterprise.getByText("All of Starter, and")).toBeInTheDocument();
  expect(enterprise.getByText("Models of your own")).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "Start a free trial" })).toHaveAttribute(
    "href",
    "/sign-up",
  );
});

it("offers no trial where accounts are by invitation", async () => {
  answer("get", "/api/plans", PLANS);
  renderPage(<PricingPage />, { auth: { ...STRANGER, signUpOpen: false } });
  await screen.findByRole("region", { name: "Starter" });
  expect(screen.queryByRole("link", { name: "Start a free trial" })).toBeNull();
});

it("tries again when asked", async () => {
  refuse("get", "/api/plans", 503, "the database does not answer");
  renderPage(<PricingPage />, { auth: STRANGER });
  expect(await screen.findByRole("alert")).toHaveTextContent("req-1");
  answer("get", "/api/plans", PLANS);
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("region", { name: "Starter" })).toBeInTheDocument();
});
