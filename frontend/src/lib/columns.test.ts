import { expect, it } from "vitest";
import { columnTitle, industryTitle, plainSentence } from "./columns";

it("writes names as a person does", () => {
  expect(columnTitle("days_since_last_login")).toBe("Days since last login");
  expect(columnTitle("api_calls_per_month")).toBe("API calls per month");
  expect(columnTitle("mrr")).toBe("MRR");
  expect(industryTitle("saas")).toBe("SaaS");
});

it("takes the underscores out of a sentence and leaves everything else", () => {
  expect(plainSentence("add what you have of plan_type, seats_used and mrr: each is more.")).toBe(
    "Add what you have of plan type, seats used and MRR: each is more.",
  );
});

it("leaves what stands in quotes, which is a name of the person's own file", () => {
  expect(plainSentence("'total_charges' is about monthly_charges times 'mrr'")).toBe(
    "'total_charges' is about monthly charges times 'mrr'",
  );
});
