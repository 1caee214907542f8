import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { Route, Routes } from "react-router";
import { beforeEach, expect, it } from "vitest";
import { layOut } from "@/testing/layout";
import type { Auth, Me } from "@/auth/auth";
import { renderPage, SIGNED_IN } from "@/testing/render";
import { answer, refuse, server } from "@/testing/server";
import ModelPage from "./model-page";
import ModelsPage from "./models-page";
import TrainPage from "./train-page";
import TrainingPage from "./training-page";

const model = (version: string, current: boolean, more = {}) => ({
  version,
  industry: "saas",
  current,
  digest: "d",
  horizon_days: 30,
  metrics: { auc: 0.812, lift_at_10_percent: 3.25, rows: 10000 },
  ...more,
});

const LIST = {
  models: [model("v2", true), model("v1", false)],
  baselines: [model("b1", false, { metrics: { auc: 0.74 } })],
  history: [
    {
      industry: "saas",
      version: "v2",
      previous: "v1",
      at: "2026-05-31T12:00:00Z",
      by: "training:t2",
      rollback: false,
    },
  ],
  steps_back: [{ industry: "saas", version: "v1" }] as {
    industry: string;
    version: string | null;
  }[],
  refused: [],
  shadows: [],
};

const figure = (value: number) => ({ value, low: value - 0.01, high: value + 0.01 });

const REPORT = {
  outcome: "better",
  sentence: "Worth using: it beats the one in use beyond chance.",
  version: "v2",
  industry: "saas",
  horizon_days: 30,
  horizon_assumed: false,
  rows: 200,
  labelled_rows: 200,
  customers: 200,
  left: 40,
  base_rate: 0.2,
  left_out: [{ column: "note", reason: "text of its own in every row" }],
  leaks: [{ feature: "exit_reason", columns: ["exit_reason"], auc_alone: 0.99, echo_of: null }],
  leak_auc: { with: 0.99, without: 0.8 },
  split: {
    kind: "by time",
    why: "judged on the later ones",
    folds: 1,
    repeats: 1,
    held_out_rows: 80,
  },
  figures: { auc: figure(0.812) },
  calibration: [
    { stated: 0.1, seen: 0.1, rows: 100 },
    { stated: 0.31, seen: 0.3, rows: 100 },
  ],
  random_split: { figures: { auc: figure(0.93) } },
  in_use: { version: "b1", figures: { auc: figure(0.654) }, difference: {} },
  importance: [{ feature: "tenure_months", weight: 0.4 }],
  interval: { nominal: 0.9, coverage: 0.91, tested_on: "drawn labels" },
};

const training = (more = {}) => ({
  id: "t1",
  status: "COMPLETED",
  filename: "history.csv",
  industry: null,
  snapshot_date: "2026-05-31",
  horizon_days: 30,
  promote: "auto",
  created_at: "2026-05-31T12:00:00Z",
  current_pass: "train",
  rows_done: 200,
  rows_total: 200,
  message: "Model v2 was trained and is in use from now on",
  questions: [],
  error: null,
  version: "v2",
  report: null,
  ...more,
});

function show(at: string, auth: Auth = SIGNED_IN) {
  return renderPage(
    <Routes>
      <Route path="/models" element={<ModelsPage />} />
      <Route path="/models/train" element={<TrainPage />} />
      <Route
        path="/models/trainings/:training"
        element={<TrainingPage questions={(asked) => <p>Asked about {asked.filename}</p>} />}
      />
      <Route path="/models/:version" element={<ModelPage />} />
    </Routes>,
    { at, auth },
  );
}

beforeEach(() => {
  answer("get", "/api/models", LIST);
  answer("get", "/api/trainings", { trainings: [training()], next: null });
});

it("shows the model in use, the others and how it came to be", async () => {
  show("/models");
  const card = within(await screen.findByRole("region", { name: "In use for SaaS" }));
  expect(card.getByText("version v2")).toBeInTheDocument();
  expect(card.getByText("Your own model")).toBeInTheDocument();
  expect(card.getByText("0.812")).toBeInTheDocument();
  expect(screen.getByText("SaaS: v2 instead of v1, as it was better beyond chance.")).toBeVisible();
});

it("names the baseline where there is no model of one's own, and says how to get one", async () => {
  answer("get", "/api/models", {
    ...LIST,
    models: [],
    history: [],
    baselines: [model("b1", true, { metrics: { auc: 0.74 } })],
  });
  answer("get", "/api/trainings", { trainings: [], next: null });
  show("/models");
  const card = within(await screen.findByRole("region", { name: "In use for SaaS" }));
  expect(card.getByText("RetainWise's baseline")).toBeInTheDocument();
  expect(await screen.findByText("No model of your own yet")).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "Train a model" })).toHaveAttribute(
    "href",
    "/models/train",
  );
});

it("still shows the baseline of the other industry once one has a model of one's own", async () => {
  const baseline = model("b2", true, { industry: "telecom", metrics: { auc: 0.84 } });
  answer("get", "/api/models", { ...LIST, baselines: [...LIST.baselines, baseline] });
  show("/models");
  const card = within(await screen.findByRole("region", { name: "In use for Telecom" }));
  expect(card.getByText("RetainWise's baseline")).toBeInTheDocument();
  expect(screen.getByRole("region", { name: "In use for SaaS" })).toHaveTextContent(
    "Your own model",
  );
  // Without a model of one's own there is nothing to compare with.
  expect(screen.getAllByRole("region", { name: /^Compare another model/ })).toHaveLength(1);
});

it("puts a model to use after asking, and tells of a conflict", async () => {
  refuse("post", "/api/models/v1/promote", 409, "the current version is v3, not v2; look again");
  show("/models");
  await userEvent.click(await screen.findByRole("button", { name: "Use this model" }));
  const dialog = within(await screen.findByRole("dialog"));
  await userEvent.click(dialog.getByRole("button", { name: "Use this model" }));
  expect(await dialog.findByRole("alert")).toHaveTextContent("The current version is v3, not v2");

  answer("post", "/api/models/v1/promote", LIST.history[0]);
  answer("get", "/api/models", {
    ...LIST,
    models: [model("v2", false), model("v1", true)],
  });
  await userEvent.click(dialog.getByRole("button", { name: "Use this model" }));
  const card = within(await screen.findByRole("region", { name: "In use for SaaS" }));
  expect(await card.findByText("version v1")).toBeInTheDocument();
});

it("goes one step back under one key, however often it is pressed", async () => {
  const keys: (string | null)[] = [];
  server.use(
    http.post(`${window.location.origin}/api/models/rollback`, ({ request }) => {
      keys.push(request.headers.get("Idempotency-Key"));
      return keys.length === 1
        ? HttpResponse.json({ detail: "try again", code: "Unavailable" }, { status: 503 })
        : HttpResponse.json(LIST.history[0]);
    }),
  );
  show("/models");
  await userEvent.click(await screen.findByRole("button", { name: "Roll back" }));
  const dialog = within(await screen.findByRole("dialog"));
  await userEvent.click(dialog.getByRole("button", { name: "Roll back" }));
  expect(await dialog.findByRole("alert")).toBeInTheDocument();
  await userEvent.click(dialog.getByRole("button", { name: "Roll back" }));
  await expect.poll(() => keys.length).toBe(2);
  expect(keys[0]).toBeTruthy();
  expect(keys[1]).toBe(keys[0]);
});

it("goes back from the first own model to RetainWise's, and then offers no step more", async () => {
  answer("get", "/api/models", { ...LIST, steps_back: [{ industry: "saas", version: null }] });
  const change = { ...LIST.history[0], version: null, previous: "v2", by: "x", rollback: true };
  answer("post", "/api/models/rollback", change);
  show("/models");
  const name = "Use RetainWise's own model again";
  await userEvent.click(await screen.findByRole("button", { name }));
  const dialog = within(await screen.findByRole("dialog"));
  expect(dialog.getByText("Go back to RetainWise's own model?")).toBeVisible();
  answer("get", "/api/models", {
    ...LIST,
    models: [model("v2", false), model("v1", false)],
    baselines: [model("b1", true)],
    history: [change, ...LIST.history],
    steps_back: [],
  });
  await userEvent.click(dialog.getByRole("button", { name }));
  expect(await screen.findByText("SaaS: back from v2 to the baseline.")).toBeVisible();
  const card = within(screen.getByRole("region", { name: "In use for SaaS" }));
  expect(card.getByText("RetainWise's baseline")).toBeInTheDocument();
  expect(card.queryByRole("button")).toBeNull();
});

it("offers the version that the registry goes back to, not the one that was in use last", async () => {
  answer("get", "/api/models", {
    ...LIST,
    models: [model("v1", true), model("v2", false)],
    history: [{ ...LIST.history[0], version: "v1", previous: "v2", rollback: true }],
    steps_back: [{ industry: "saas", version: "v0" }],
  });
  show("/models");
  await userEvent.click(await screen.findByRole("button", { name: "Roll back" }));
  expect(await screen.findByText("Go back to model v0?")).toBeVisible();
});

it("names a model to compare with", async () => {
  let said: unknown = null;
  server.use(
    http.put(`${window.location.origin}/api/models/shadows/saas`, async ({ request }) => {
      said = await request.json();
      return HttpResponse.json({});
    }),
  );
  show("/models");
  await userEvent.selectOptions(await screen.findByLabelText("Compare with"), "The baseline b1");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await expect.poll(() => said).toEqual({ version: "b1" });
});

it("shows plots, the easier split beside the honest one, and what was left out", async () => {
  layOut({ width: 600, height: 300 });
  answer("get", "/api/models/v2", {
    ...model("v2", true),
    card: "# Card <img src=x>",
    training_id: "t1",
    report: REPORT,
  });
  show("/models/v2");
  expect(await screen.findByText("It beats the one in use beyond chance.")).toBeVisible();
  expect(
    await screen.findByRole("img", { name: /1st tenth: 30\.0% left, 1\.5 times the average/ }),
  ).toBeInTheDocument();
  expect(screen.getByRole("img", { name: /Of 100 said to leave with 31\.0%/ })).toBeVisible();
  const row = within(screen.getByRole("row", { name: /Ranking \(AUC\)/ }));
  expect(row.getByText("0.812")).toBeInTheDocument();
  expect(row.getByText("0.930")).toBeInTheDocument();
  expect(row.getByText("0.654")).toBeInTheDocument();
  expect(screen.getByText(/Exit reason \(alone an AUC of 0\.99\)/)).toBeInTheDocument();
});

it("shows a card as text, without the HTML that a name in it may hold", async () => {
  answer("get", "/api/models/v2", {
    ...model("v2", true),
    card: "# Card\n\nThe column <img src=x onerror=alert(1)> counts.",
    training_id: null,
    report: null,
  });
  const { container } = show("/models/v2");
  expect(await screen.findByText(/The column/)).toHaveTextContent("<img src=x");
  expect(container.querySelector("img")).toBeNull();
});

it("sends a labelled file with what was said, and follows the training", async () => {
  answer("get", "/api/templates", { upload_bytes_max: 1_000_000, templates: [] });
  let form: FormData | null = null;
  server.use(
    http.post(`${window.location.origin}/api/models`, async ({ request }) => {
      form = await request.formData();
      return HttpResponse.json(training({ status: "QUEUED", version: null }), { status: 202 });
    }),
  );
  answer(
    "get",
    "/api/trainings/t1",
    training({ status: "PROCESSING", version: null, rows_done: 100, message: "part 2 of 5" }),
  );
  show("/models/train");
  await userEvent.upload(
    await screen.findByLabelText("File of customers"),
    new File(["customer_id,churned\n1,yes\n"], "history.csv", { type: "text/csv" }),
  );
  await userEvent.type(await screen.findByLabelText("Days in which they left"), "400");
  expect(screen.getByRole("button", { name: "Start training" })).toBeDisabled();
  await userEvent.clear(screen.getByLabelText("Days in which they left"));
  await userEvent.type(screen.getByLabelText("Days in which they left"), "60");
  await userEvent.selectOptions(
    screen.getByLabelText("When it is ready"),
    "Keep it; I decide later",
  );
  await userEvent.click(screen.getByRole("button", { name: "Start training" }));
  expect(await screen.findByText("part 2 of 5")).toBeInTheDocument();
  expect(screen.getByRole("progressbar", { name: "Train and test" })).toHaveAttribute(
    "aria-valuenow",
    "50",
  );
  const sent = form as unknown as FormData;
  expect(sent.get("horizon_days")).toBe("60");
  expect(sent.get("promote")).toBe("never");
  expect(sent.has("industry")).toBe(false);
});

it("puts a training's questions where they are answered", async () => {
  answer("get", "/api/trainings/t1", training({ status: "NEEDS_MAPPING", version: null }));
  show("/models/trainings/t1");
  expect(await screen.findByText("Asked about history.csv")).toBeInTheDocument();
});

it("says why nothing was learnt, without an error", async () => {
  answer(
    "get",
    "/api/trainings/t1",
    training({
      version: null,
      report: {
        ...REPORT,
        outcome: "declined",
        sentence: "There are 12 customers whose end is known: too few.",
        version: null,
        figures: null,
        calibration: null,
        in_use: null,
        random_split: null,
        importance: null,
        split: null,
        interval: null,
        leaks: [],
        leak_auc: null,
      },
    }),
  );
  show("/models/trainings/t1");
  expect(await screen.findByText("No model was made")).toBeInTheDocument();
  expect(screen.getByText(/too few/)).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "Try another file" })).toBeInTheDocument();
});

it("says which plan opens training where the present one does not, and takes no file", async () => {
  answer("get", "/api/templates", { upload_bytes_max: 1_000_000, templates: [] });
  answer("get", "/api/plans", [
    {
      id: "enterprise",
      name: "Enterprise",
      price_usd_month: null,
      predictions_month: null,
      seats: null,
      features: ["own_models"],
    },
  ]);
  const me = SIGNED_IN.user as Me;
  show("/models/train", {
    ...SIGNED_IN,
    user: { ...me, features: { ...me.features, own_models: false } },
  });
  expect(await screen.findByText("Enterprise includes models of your own")).toBeInTheDocument();
  expect(screen.queryByLabelText("File of customers")).toBeNull();
});
