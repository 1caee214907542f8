import { expect, it } from "vitest";
import { tenths } from "./report";

it("ranks groups from the riskiest, with their lift and the share of leavers found so far", () => {
  const [first, second] = tenths([
    { stated: 0.1, seen: 0.1, rows: 100 },
    { stated: 0.3, seen: 0.3, rows: 100 },
  ]);
  expect(first?.seen).toBe(0.3);
  expect(first?.lift).toBeCloseTo(1.5);
  expect(first?.captured).toBeCloseTo(0.75);
  expect(second?.captured).toBeCloseTo(1);
});

it("knows no lift where nobody left", () => {
  expect(tenths([{ stated: 0.1, seen: 0, rows: 10 }])[0]).toMatchObject({ lift: 0, captured: 0 });
});
