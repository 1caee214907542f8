import { expect, it } from "vitest";
import { slideOf, triedFirst } from "./levers";
import type { Lever, Simulation } from "./queries";
import { inUnit, withUnit } from "./values";

const lever = (more: Partial<Lever>): Lever => ({
  column: "logins_per_month",
  feature: "logins_per_month",
  label: "logins",
  meaning: "",
  kind: "number",
  unit: "logins per month",
  current: 0,
  minimum: 0,
  maximum: 1_000_000,
  step: 1,
  low: 1,
  typical: 24,
  high: 344,
  choices: [],
  actionable: true,
  ...more,
});

it("slides from where nearly all customers are to where they are, this one within", () => {
  expect(slideOf(lever({}), 0)).toEqual({ min: 0, max: 345, step: 5 });
  expect(slideOf(lever({}), 900)).toEqual({ min: 0, max: 900, step: 10 });
});

it("never goes beyond what the model takes", () => {
  expect(slideOf(lever({ maximum: 5, high: 61, current: 1 }), 1)).toMatchObject({ min: 1, max: 5 });
});

it("has somewhere to go where all customers are alike, or nothing is known of them", () => {
  const alike = slideOf(lever({ low: 0, typical: 0, high: 0 }), 0);
  expect(alike.max).toBeGreaterThan(alike.min);
  const unknown = lever({ low: null, typical: null, high: null, minimum: 0, maximum: 100 });
  expect(slideOf(unknown, null)).toEqual({ min: 0, max: 100, step: 1 });
});

it("takes round steps, however odd the span", () => {
  expect(slideOf(lever({ low: 23.54, typical: 81.91, high: 1310.49, step: 0.01 }), 34.63)).toEqual({
    min: 20,
    max: 1320,
    step: 20,
  });
});

it("begins with what moves this customer most, of what the company can change", () => {
  const bar = (feature: string, impact_before: number) => ({ feature, impact_before });
  const simulation = {
    levers: [
      lever({ column: "tenure", feature: "tenure", actionable: false }),
      lever({ column: "tickets", feature: "tickets" }),
      lever({ column: "seats", feature: "seat_use" }),
    ],
    impacts: [bar("tenure", 0.4), bar("seat_use", -0.2), bar("tickets", 0.1)],
  } as unknown as Simulation;
  expect(triedFirst(simulation).map((each) => each.column)).toEqual(["seats", "tickets"]);
});

it.each([
  ["43", "days", "43 days"],
  ["1", "months", "1 month"],
  ["1,204", "calls per month", "1,204 calls a month"],
  ["34.63", "currency units per month", "34.63 a month"],
  ["20", "percent", "20%"],
  ["33 %", "", "33%"],
  ["7", "score", "7"],
  ["not known", "days", "not known"],
  ["month-to-month", "", "month-to-month"],
])("says %s of %s as %s", (value, unit, said) => {
  expect(withUnit(value, unit)).toBe(said);
});

it("writes money with both its digits", () => {
  expect([
    inUnit(100.8, "currency units per month"),
    inUnit(90, "currency units per month"),
  ]).toEqual(["100.80 a month", "90 a month"]);
});
