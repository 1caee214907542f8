import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { Route, Routes } from "react-router";
import { beforeEach, expect, it, vi } from "vitest";
import { renderPage } from "@/testing/render";
import { answer, refuse, server } from "@/testing/server";
import AnswerPage from "./answer-page";
import { FIELDS, MAPPING } from "./mapping.fixture";
import PreviewPage from "./preview-page";

beforeEach(() => {
  answer("get", "/api/templates/saas", { industry: "saas", columns: FIELDS });
});

function openAnswerPage() {
  answer("get", "/api/predictions/p1", {
    id: "p1",
    filename: "may.csv",
    status: "NEEDS_MAPPING",
    questions: MAPPING.questions,
  });
  answer("get", "/api/predictions/p1/mapping", MAPPING);
  renderPage(
    <Routes>
      <Route path="/predictions/:prediction" element={<AnswerPage action={null} />} />
    </Routes>,
    { at: "/predictions/p1" },
  );
}

it("asks what a person must decide, and goes on with the answers", async () => {
  openAnswerPage();
  const goOn = await screen.findByRole("button", { name: "Continue" });
  expect(goOn).toBeDisabled();
  expect(screen.getByText("2 questions to answer")).toBeInTheDocument();

  const revenue = screen.getByRole("radiogroup", { name: /monthly recurring revenue/ });
  await userEvent.click(within(revenue).getByRole("radio", { name: /^Amount/ }));
  await userEvent.click(screen.getByRole("radio", { name: "The day comes first" }));
  expect(goOn).toBeEnabled();

  let told: unknown;
  server.use(
    http.put(`${location.origin}/api/predictions/p1/mapping`, async ({ request }) => {
      told = await request.json();
      return HttpResponse.json({ id: "p1", status: "QUEUED", questions: [] }, { status: 202 });
    }),
  );
  await userEvent.click(goOn);
  await vi.waitFor(() => {
    expect(told).toEqual({ decisions: { mrr: "Amount", signup_date: { answer: "day_first" } } });
  });
});

it("shows each match with its confidence in words and percent, its evidence and samples", async () => {
  openAnswerPage();
  const row = (await screen.findByText("Customer ID")).closest("li") as HTMLElement;
  expect(within(row).getByText("Required")).toBeInTheDocument();
  expect(within(row).getByText("Sure")).toBeInTheDocument();
  expect(within(row).getByText("99%")).toBeInTheDocument();
  expect(within(row).getByText("'Account' is a name of customer ID")).toBeInTheDocument();
  expect(within(row).getByText("one")).toBeInTheDocument();
  const id = within(row).getByRole("combobox", { name: "Column for Customer ID" });
  expect(within(id).queryByRole("option", { name: "Not in this file" })).not.toBeInTheDocument();
});

it("proves what is computed by rows before and after", async () => {
  openAnswerPage();
  const row = (await screen.findByText("Tenure months")).closest("li") as HTMLElement;
  expect(within(row).getByRole("combobox")).toHaveValue("computed");
  expect(within(row).getByText("24")).toBeInTheDocument();
  expect(row).toHaveTextContent("From Started: months since (until 2026-05-31)");
});

it("tells what the gateway says against an answer", async () => {
  openAnswerPage();
  await userEvent.click(await screen.findByRole("radio", { name: /^Amount/ }));
  await userEvent.click(screen.getByRole("radio", { name: "The day comes first" }));
  refuse("put", "/api/predictions/p1/mapping", 422, "one column is said to be both");
  await userEvent.click(screen.getByRole("button", { name: "Continue" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("One column is said to be both.");
});

it("reviews a file before it is sent, and hands over only what was changed", async () => {
  answer("post", "/api/mapping/preview", { mapping: { ...MAPPING, questions: [] } });
  const onDecided = vi.fn();
  const file = new File(["Account,Fee\n1,2\n"], "may.csv");
  renderPage(<PreviewPage file={file} fields={{}} onDecided={onDecided} onBack={() => {}} />);
  await userEvent.selectOptions(
    await screen.findByRole("combobox", { name: "Column for Discount percent" }),
    "Not in this file",
  );
  await userEvent.click(screen.getByRole("button", { name: "Predict who will leave" }));
  expect(onDecided).toHaveBeenCalledExactlyOnceWith('{"discount_percent":null}');
});

it("says so where a file is too large to be read beforehand", async () => {
  const file = new File([new Uint8Array(16_000_001)], "may.xlsx");
  renderPage(<PreviewPage file={file} fields={{}} onDecided={() => {}} onBack={() => {}} />);
  expect(await screen.findByText(/too large to be read beforehand/)).toBeInTheDocument();
});
