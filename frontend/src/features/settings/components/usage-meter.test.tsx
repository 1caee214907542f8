import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { renderPage, SIGNED_IN } from "@/testing/render";
import { UsageMeter } from "./usage-meter";

const ME = SIGNED_IN.user;

it.each([
  [900, /90% used, 100 left/],
  [1000, /100% used, 0 left/],
  [568_112, /Over the limit by 567,112\./],
])("says how %i of 1,000 predictions stand", (predictions, words) => {
  if (!ME) throw new Error("nobody is signed in");
  const plan = { ...ME.plan, predictions_month: 1000 };
  const usage = { ...ME.usage, predictions };
  renderPage(<UsageMeter me={{ ...ME, plan, usage }} />);
  expect(screen.getByText(words)).toBeInTheDocument();
});
