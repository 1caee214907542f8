import { expect, it } from "vitest";
import { waterfallRows } from "./waterfall-rows";

const reason = (label: string, impact: number) => ({ label, value: null, impact });

it("puts the greatest first, each beginning where the one before ended", () => {
  const rows = waterfallRows(0.26, [reason("a", 0.02), reason("b", -0.1), reason("c", 0.3)], 0.48);
  expect(rows.map((row) => row.label)).toEqual(["c", "b", "a"]);
  expect(rows.map((row) => [row.from, row.to].map((each) => each.toFixed(2)))).toEqual([
    ["0.26", "0.56"],
    ["0.56", "0.46"],
    ["0.46", "0.48"],
  ]);
});

it("folds the smallest into one row, and still adds up", () => {
  const many = Array.from({ length: 12 }, (_, place) => reason(`r${place}`, 0.01 * (place + 1)));
  const rows = waterfallRows(0.1, many, 0.88, 8);
  expect(rows).toHaveLength(8);
  expect(rows.at(-1)).toMatchObject({ label: "5 other reasons" });
  expect(rows.at(-1)?.to).toBeCloseTo(0.88);
});

it("folds nothing where all fit, and leaves out what adds nothing", () => {
  const rows = waterfallRows(0.5, [reason("a", 0.1), reason("b", 0)], 0.6, 1);
  expect(rows.map((row) => row.label)).toEqual(["a"]);
});

it("refuses reasons that do not add up", () => {
  expect(() => waterfallRows(0.26, [reason("a", 0.1)], 0.5)).toThrow("0.3600");
});
