import { describe, expect, it } from "vitest";
import {
  ABSENT,
  answering,
  type Choice,
  choosing,
  COMPUTED,
  current,
  NOTHING_SAID,
  open,
  ownerOf,
  rulingsOf,
} from "./decisions";
import { sorted, unused } from "./fields";
import { FIELDS, MAPPING } from "./mapping.fixture";

const is = (column: string): Choice => ({ kind: "column", column });

describe("what holds for a field", () => {
  it("is what is proposed: a column, a computation, or nothing", () => {
    expect(
      ["customer_id", "tenure_months", "country"].map((name) =>
        current(MAPPING, NOTHING_SAID, name),
      ),
    ).toEqual([is("Account"), COMPUTED, ABSENT]);
  });

  it("is nothing any more once its column was given to another", () => {
    const said = choosing(NOTHING_SAID, "country", is("Fee"));
    expect(current(MAPPING, said, "country")).toEqual(is("Fee"));
    expect(current(MAPPING, said, "discount_percent")).toEqual(ABSENT);
    expect(ownerOf(MAPPING, said, "Fee")).toBe("country");
  });

  it("goes from one field to the other: no column is two things", () => {
    const said = choosing(choosing(NOTHING_SAID, "mrr", is("Amount")), "country", is("Amount"));
    expect(rulingsOf(MAPPING, said)).toEqual({ country: "Amount" });
  });
});

describe("questions", () => {
  it("are open until a column or an option was chosen", () => {
    const asked = (said = NOTHING_SAID) => open(MAPPING, said).map((each) => each.canonical);
    expect(asked()).toEqual(["mrr", "signup_date"]);
    const one = choosing(NOTHING_SAID, "mrr", ABSENT);
    expect(asked(one)).toEqual(["signup_date"]);
    expect(asked(answering(one, "signup_date", "day_first"))).toEqual([]);
  });

  it("about how to read a column are moot once another was chosen", () => {
    const said = choosing(NOTHING_SAID, "signup_date", is("Note"));
    expect(open(MAPPING, said).map((each) => each.canonical)).toEqual(["mrr"]);
    expect(rulingsOf(MAPPING, answering(said, "signup_date", "day_first"))).toEqual({
      signup_date: "Note",
    });
  });

  it("are answered again by an option after the column was left out", () => {
    const out = choosing(NOTHING_SAID, "signup_date", ABSENT);
    expect(rulingsOf(MAPPING, out)).toEqual({ signup_date: null });
    expect(rulingsOf(MAPPING, answering(out, "signup_date", "month_first"))).toEqual({
      signup_date: { answer: "month_first" },
    });
  });
});

describe("what the gateway is told", () => {
  it("is only what a person said", () => {
    expect(rulingsOf(MAPPING, NOTHING_SAID)).toEqual({});
    const said = answering(
      choosing(choosing(NOTHING_SAID, "signup_date", is("Started")), "discount_percent", ABSENT),
      "signup_date",
      "day_first",
    );
    expect(rulingsOf(MAPPING, said)).toEqual({
      signup_date: { column: "Started", answer: "day_first" },
      discount_percent: null,
    });
  });

  it("leaves a computation to RetainWise", () => {
    expect(rulingsOf(MAPPING, choosing(NOTHING_SAID, "tenure_months", COMPUTED))).toEqual({});
  });
});

describe("the fields", () => {
  it("begin with the required ones; those asked about stand with the questions", () => {
    const { shown, missing } = sorted(FIELDS, MAPPING, NOTHING_SAID);
    expect(shown.map((field) => field.name)).toEqual([
      "customer_id",
      "tenure_months",
      "discount_percent",
    ]);
    expect(missing.map((field) => field.name)).toEqual(["country"]);
  });

  it("leave over what no model reads", () => {
    expect(unused(MAPPING, NOTHING_SAID)).toEqual(["Note"]);
    expect(unused(MAPPING, choosing(NOTHING_SAID, "country", is("Note")))).toEqual([]);
    expect(unused(MAPPING, choosing(NOTHING_SAID, "discount_percent", ABSENT))).toEqual([
      "Fee",
      "Note",
    ]);
  });
});
