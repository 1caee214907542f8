import { expect, it } from "vitest";
import { inSight } from "./pager";

it.each([
  [1, 2, [1, 2]],
  [1, 141, [1, 2, null, 141]],
  [3, 5, [1, 2, 3, 4, 5]],
  [4, 141, [1, 2, 3, 4, 5, null, 141]],
  [70, 141, [1, null, 69, 70, 71, null, 141]],
  [141, 141, [1, null, 140, 141]],
])("on page %i of %i shows %j", (page, pages, shown) => {
  expect(inSight(page, pages)).toEqual(shown);
});
