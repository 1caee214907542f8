import { describe, expect, it } from "vitest";
import {
  formatBytes,
  formatCompact,
  formatCount,
  formatDate,
  formatDateTime,
  formatCents,
  formatMoney,
  formatMoneyRange,
  formatNumber,
  formatPercent,
  formatPercentRange,
  formatPoints,
  plural,
  sentenceCase,
} from "./format";

describe("formatPercent", () => {
  it.each([
    [0.262, "26.2%"],
    [0, "0.0%"],
    [1, "100.0%"],
    [0.0004, "< 0.1%"],
    [0.9999, "> 99.9%"],
    [null, "–"],
    [NaN, "–"],
  ])("shows %s as %s: what is not quite nothing never reads as nothing", (share, shown) => {
    expect(formatPercent(share)).toBe(shown);
  });

  it("rounds to whole percents for axes", () => {
    expect(formatPercent(0.3, 0)).toBe("30%");
  });
});

describe("formatPoints", () => {
  it.each([
    [0.182, "+18.2"],
    [-0.058, "−5.8"],
    [0.00001, "0.0"],
    [-0.00001, "0.0"],
  ])("signs %s as %s", (difference, shown) => {
    expect(formatPoints(difference)).toBe(shown);
  });
});

describe("other figures", () => {
  it("groups thousands", () => {
    expect([0, 999, 1000, 120000, -1234567.5].map(formatCount)).toEqual([
      "0",
      "999",
      "1,000",
      "120,000",
      "-1,234,568",
    ]);
  });

  it("shortens what stands at an axis", () => {
    expect([0, 12.34, 999, 1000, 1500, 999_960, 2_000_000].map(formatCompact)).toEqual([
      "0",
      "12.3",
      "999",
      "1K",
      "1.5K",
      "1M",
      "2M",
    ]);
  });

  it("keeps two digits of a customer's values", () => {
    expect([12.5, 1234.567, -0.5, 3].map(formatNumber)).toEqual(["12.5", "1,234.57", "−0.5", "3"]);
  });

  it("keeps cents only where they matter", () => {
    expect([48920.4, 95.75, 9.5, 9, -1200].map(formatMoney)).toEqual([
      "48,920",
      "96",
      "9.50",
      "9",
      "−1,200",
    ]);
    expect([formatCents(1859.5), formatCents(95.75)]).toEqual(["1,859.50", "95.75"]);
  });

  it("counts bytes in powers of ten", () => {
    expect([
      formatBytes(999),
      formatBytes(7340032),
      formatBytes(999_900),
      formatBytes(5e9),
    ]).toEqual(["999 bytes", "7.3 MB", "1.0 MB", "5.0 GB"]);
  });

  it("takes a day for that day in every time zone", () => {
    expect(formatDate("2026-06-30")).toBe("30 Jun 2026");
  });

  it("says a point in time to the minute", () => {
    expect(formatDateTime(new Date(2026, 8, 3, 9, 5).toISOString())).toBe("3 Sep 2026, 09:05");
  });

  it("counts one in the singular", () => {
    expect([plural(1, "row"), plural(0, "row"), plural(2, "company", "companies")]).toEqual([
      "1 row",
      "0 rows",
      "2 companies",
    ]);
  });
});

describe("ranges", () => {
  it("says the unit once, and in full where an end is hardly anything", () => {
    expect([
      formatPercentRange(0.134, 0.897),
      formatPercentRange(0.0002, 0.2),
      formatPercentRange(null, 0.2),
      formatMoneyRange(88874.2, 199677.2),
      formatMoneyRange(4.64, 31.06),
      formatMoneyRange(undefined, 5),
    ]).toEqual(["13.4–89.7%", "< 0.1% to 20.0%", "", "88,874–199,677", "5–31", ""]);
  });
});

it("makes a sentence of the API's words", () => {
  expect(sentenceCase("uses 20 % of the seats paid for; typical is 75 %")).toBe(
    "Uses 20% of the seats paid for; typical is 75%",
  );
});
