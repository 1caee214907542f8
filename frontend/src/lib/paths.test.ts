import { expect, it } from "vitest";
import { customerPath, pageUnderDrawer } from "./paths";

const at = (pathname: string, search = "", state: unknown = null) =>
  pageUnderDrawer({ pathname, search, state });

it("writes whatever a file calls its customers into an address", () => {
  expect(customerPath("p1", "a/b c?d", "?risk=high")).toBe(
    "/predictions/p1/customers/a%2Fb%20c%3Fd?risk=high",
  );
});

it("knows the page under a drawer: where it was opened, or its prediction with the same filters", () => {
  expect(at("/predictions/p1/customers/c", "", { under: "/dashboard?page=2" })).toBe(
    "/dashboard?page=2",
  );
  expect(at("/predictions/p1/customers/c", "?risk=high")).toBe("/predictions/p1?risk=high");
  expect(at("/predictions/p1/customers/c", "", { under: 5 })).toBe("/predictions/p1");
});

it("says of other pages that no drawer is open", () => {
  expect(at("/predictions/p1", "", { under: "/dashboard" })).toBeNull();
  expect(at("/predictions/p1/report")).toBeNull();
});
