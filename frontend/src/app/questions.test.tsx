import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { createQueryClient } from "@/api/query-client";
import { AuthProvider } from "@/auth/auth-provider";
import { FIELDS, MAPPING } from "@/features/mapping/mapping.fixture";
import { Events } from "@/testing/events";
import { PREDICTION } from "@/testing/predictions";
import { renderPage, SIGNED_IN } from "@/testing/render";
import { answer } from "@/testing/server";
import { AppRoutes } from "./routes";

const [REVENUE, DATES] = MAPPING.questions;

/** What is proposed once the column of the revenue is known: its column is settled, how to read the dates is not. */
const THEN = {
  ...MAPPING,
  mappings: MAPPING.mappings.map((each) =>
    each.column === "Amount" ? { ...each, canonical: "mrr", confidence: 100 } : each,
  ),
  questions: [DATES],
  missing_required: [],
};
const FIRST = { ...MAPPING, questions: [REVENUE] };

function open(at: string) {
  renderPage(
    <AuthProvider>
      <AppRoutes />
    </AuthProvider>,
    // Answers are kept as long as in the product: what is not thrown away shows again.
    { at, auth: "real", queries: createQueryClient() },
  );
}

beforeEach(() => {
  Events.last = null;
  vi.stubGlobal("EventSource", Events);
  answer("get", "/api/auth", {
    provider: "builtin",
    clerk_publishable_key: null,
    sign_up: true,
    first_run: false,
    me: SIGNED_IN.user,
  });
  answer("get", "/api/templates/saas", { industry: "saas", columns: FIELDS });
});

/** Answers the first question. */
async function answerFirst() {
  await userEvent.click(await screen.findByRole("radio", { name: /^Amount/ }));
  await userEvent.click(screen.getByRole("button", { name: "Continue" }));
}

/** The second question stands alone, and the first one's answer is seen in the columns. */
async function seesSecond() {
  const dates = await screen.findByRole("radiogroup", { name: "Does the day come first?" });
  expect(screen.queryByRole("radiogroup", { name: /recurring revenue/ })).not.toBeInTheDocument();
  expect(screen.getByRole("combobox", { name: "Column for MRR" })).toHaveDisplayValue("Amount");
  expect(screen.getByText("1 question to answer")).toBeInTheDocument();
  await userEvent.click(within(dates).getByRole("radio", { name: "The day comes first" }));
  expect(screen.getByRole("button", { name: "Continue" })).toBeEnabled();
}

it("puts a training's next question after an answer, and keeps the answer", async () => {
  const training = {
    id: "t1",
    filename: "history.csv",
    status: "NEEDS_MAPPING",
    created_at: "2026-05-31T10:00:00Z",
    report: null,
  };
  answer("get", "/api/trainings/t1", training);
  answer("get", "/api/trainings/t1/mapping", FIRST);
  answer("put", "/api/trainings/t1/mapping", { ...training, status: "QUEUED" }, 202);
  open("/models/trainings/t1");
  await screen.findByRole("radiogroup", { name: /recurring revenue/ });
  answer("get", "/api/trainings/t1", { ...training, status: "PROCESSING" });
  await answerFirst();

  await screen.findByRole("link", { name: "All models" });
  answer("get", "/api/trainings/t1", training);
  answer("get", "/api/trainings/t1/mapping", THEN);
  await seesSecond();
});

it("puts a prediction's next question after an answer, and keeps the answer", async () => {
  const asking = (questions: unknown[]) => ({ ...PREDICTION, status: "NEEDS_MAPPING", questions });
  answer("get", "/api/predictions/", { predictions: [], next: null });
  answer("get", "/api/predictions/p1", asking(FIRST.questions));
  answer("get", "/api/predictions/p1/mapping", FIRST);
  answer("put", "/api/predictions/p1/mapping", { ...PREDICTION, status: "QUEUED" }, 202);
  open("/predictions/p1");
  await answerFirst();

  expect(await screen.findByText("Scoring your customers")).toBeInTheDocument();
  Events.last?.send("progress", PREDICTION);
  answer("get", "/api/predictions/p1", asking(THEN.questions));
  answer("get", "/api/predictions/p1/mapping", THEN);
  Events.last?.send("progress", asking(THEN.questions));
  await seesSecond();
});
