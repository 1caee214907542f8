import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderPage } from "@/testing/render";
import { anyOf, choice, day, text, useUrlState, wholeNumber } from "./url-state";

const FIELDS = {
  risk: anyOf(["high", "medium", "low"] as const),
  search: text(),
  from: day(),
  sort: choice(["risk", "name"] as const, "risk"),
  page: wholeNumber(1, 1),
};

function Probe() {
  const { state, set, clear, changed } = useUrlState(FIELDS);
  return (
    <>
      <output data-testid="state">{JSON.stringify({ ...state, changed })}</output>
      <button onClick={() => set({ search: "ann" })}>search</button>
      <button onClick={() => set({ page: 3 })}>page</button>
      <button onClick={() => set({ risk: ["low", "high"] })}>risk</button>
      <button onClick={clear}>clear</button>
    </>
  );
}

const state = () => JSON.parse(screen.getByTestId("state").textContent) as Record<string, unknown>;
const address = () => screen.getByTestId("address").textContent;
const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));

it("reads the address, and takes nonsense for nothing", () => {
  renderPage(<Probe />, {
    at: "/x?risk=low&risk=high&risk=odd&page=-4&sort=nothing&from=2026-13-45&search=a%20b",
  });
  expect(state()).toEqual({
    risk: ["high", "low"],
    search: "a b",
    from: null,
    sort: "risk",
    page: 1,
    changed: true,
  });
});

it("goes back to the first page with every change but of the page", async () => {
  renderPage(<Probe />, { at: "/x?page=7&other=kept" });
  await press("search");
  expect(address()).toBe("/x?other=kept&search=ann");
  await press("page");
  expect(address()).toBe("/x?other=kept&search=ann&page=3");
});

it("writes several values, and clears all of its own", async () => {
  renderPage(<Probe />, { at: "/x?other=kept" });
  await press("risk");
  expect(address()).toBe("/x?other=kept&risk=high&risk=low");
  await press("clear");
  expect(address()).toBe("/x?other=kept");
  expect(state().changed).toBe(false);
});
