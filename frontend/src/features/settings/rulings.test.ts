import { expect, it } from "vitest";
import { rulingsOf, sayingsOf } from "./rulings";

const decision = (canonical: string, column: string | null, answer: string | null = null) => ({
  canonical,
  column,
  answer,
  told_on: "2026-05-31",
});

it("brings column and answer of one canonical column together, and takes them apart again", () => {
  const sayings = sayingsOf({
    id: "p",
    filename: "a.csv",
    columns: ["Created", "Amount"],
    signature: "s",
    created_at: "",
    updated_at: "",
    decisions: [
      decision("mrr", "Amount"),
      decision("signup_date", "Created"),
      decision("signup_date", "Created", "day_first"),
      decision("last_login_at", null, "month_first"),
      decision("tenure_months", null),
    ],
  });
  expect(rulingsOf(sayings)).toEqual({
    mrr: "Amount",
    signup_date: { column: "Created", answer: "day_first" },
    last_login_at: { answer: "month_first" },
    tenure_months: null,
  });
});
