import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import { Facts } from "./facts";

it("isolates each fact from the others, and leaves out what is not known", () => {
  const { container } = render(<Facts of={["\u202eabc", null, "pro"]} />);
  expect(container).toHaveTextContent("\u202eabc · pro");
  expect([...container.querySelectorAll("bdi")].map((each) => each.textContent)).toEqual([
    "\u202eabc",
    "pro",
  ]);
});
