import { expect, it } from "vitest";
import { filterQuery, toggled } from "./filters";

const NONE = { risk: [], search: "", plan: [], retention: [], from: null, to: null };

it("asks for everyone where nothing is chosen", () => {
  const query = filterQuery(NONE, { kind: "latest" });
  expect(Object.values(query).filter((each) => each !== undefined)).toEqual([]);
});

it("leaves the days of uploads out for one prediction, which has one", () => {
  const dated = { ...NONE, from: "2026-05-01", to: "2026-05-31" };
  expect(filterQuery(dated, { kind: "prediction", id: "p" })).not.toHaveProperty("uploaded_from");
  expect(filterQuery(dated, { kind: "latest" })).toMatchObject({
    uploaded_from: "2026-05-01",
    uploaded_to: "2026-05-31",
  });
});

it("reads a range of days that ends before it begins the other way round", () => {
  const swapped = { ...NONE, from: "2026-05-31", to: "2026-05-01" };
  expect(filterQuery(swapped, { kind: "latest" })).toMatchObject({
    uploaded_from: "2026-05-01",
    uploaded_to: "2026-05-31",
  });
});

it("switches one of several on and off", () => {
  expect(toggled(["a"], "b")).toEqual(["a", "b"]);
  expect(toggled(["a", "b"], "a")).toEqual(["b"]);
});
