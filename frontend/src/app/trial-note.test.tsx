import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Auth, Me } from "@/auth/auth";
import { renderPage, SIGNED_IN } from "@/testing/render";
import { TrialNote } from "./trial-note";

function trying(left: number | null, role: "owner" | "member" = "owner"): Auth {
  const me = SIGNED_IN.user as Me;
  return {
    ...SIGNED_IN,
    user: {
      ...me,
      user: me.user && { ...me.user, role },
      plan: { ...me.plan, trial_days_left: left, trial_ends_at: "2026-06-01T00:00:00Z" },
    },
  };
}

it.each([
  [14, "14 days left in your trial"],
  [1, "1 day left in your trial"],
  [0, "Your trial is over"],
])("counts the days down: %i", (left, words) => {
  renderPage(<TrialNote />, { auth: trying(left) });
  expect(screen.getByText(words)).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "Choose a plan" })).toHaveAttribute(
    "href",
    "/settings/plan",
  );
});

it("leads members to what the plans hold, as they cannot choose one", () => {
  renderPage(<TrialNote />, { auth: trying(5, "member") });
  expect(screen.getByRole("link", { name: "See the plans" })).toHaveAttribute("href", "/pricing");
});

it("says nothing where nothing is only tried", () => {
  renderPage(<TrialNote />, { auth: trying(null) });
  expect(screen.queryByRole("link")).toBeNull();
});
