import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { delay, http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { PREDICTION } from "@/testing/predictions";
import { renderPage } from "@/testing/render";
import { answer, server } from "@/testing/server";
import UploadPage from "./upload-page";

const CSV = new File(["customer_id,mrr\n1,49\n"], "may.csv", { type: "text/csv" });

const TEMPLATES = {
  templates: [
    {
      industry: "saas",
      title: "Software as a service",
      columns: 27,
      required: ["customer_id", "mrr"],
      sample: "/api/templates/saas",
      dictionary: "/api/templates/saas?format=dictionary",
    },
  ],
  tools: [
    {
      name: "stripe",
      title: "Stripe, subscriptions",
      snapshot_date: "2026-05-31",
      sample: "/api/templates/tools/stripe",
    },
  ],
  upload_bytes_max: 5_000_000,
};

beforeEach(() => {
  answer("get", "/api/templates", TEMPLATES);
  answer("get", "/api/predictions/", { predictions: [], next: null });
});

function open() {
  renderPage(
    <UploadPage
      review={({ file, onDecided, onBack }) => (
        <>
          <p>review of {file.name}</p>
          <button onClick={() => onDecided('{"mrr":null}')}>decided</button>
          <button onClick={onBack}>back</button>
        </>
      )}
    />,
    { at: "/upload" },
  );
}

const address = () => screen.getByTestId("address").textContent;
const choose = async (file = CSV) =>
  userEvent.upload(await screen.findByLabelText("File of customers"), file, { applyAccept: false });
const press = async (name: string) => userEvent.click(await screen.findByRole("button", { name }));

/** Takes the file, at first refusing it so many times, and tells what came with it. */
function takes({ refusing = 0 } = {}) {
  const told: { form: Record<string, unknown>; keys: (string | null)[]; asked: (string | null)[] } =
    {
      form: {},
      keys: [],
      asked: [],
    };
  server.use(
    http.post(`${location.origin}/api/csv`, async ({ request }) => {
      told.keys.push(request.headers.get("Idempotency-Key"));
      told.asked.push(request.headers.get("X-Requested-With"));
      told.form = Object.fromEntries(await request.formData());
      if (told.keys.length <= refusing) {
        return HttpResponse.json({ detail: "there is no room now" }, { status: 503 });
      }
      return HttpResponse.json({ ...PREDICTION, status: "QUEUED" }, { status: 202 });
    }),
  );
  return told;
}

describe("a file that is sent", () => {
  it("becomes a prediction, and the page goes to it", async () => {
    const told = takes();
    open();
    await choose();
    await press("Predict who will leave");
    await expect.poll(address).toBe("/predictions/p1");
    expect(Object.keys(told.form)).toEqual(["file"]);
    expect(told.asked).toEqual(["RetainWise"]);
  });

  it("takes along what was said about it", async () => {
    const told = takes();
    open();
    await choose();
    await userEvent.click(screen.getByText("Options"));
    await userEvent.selectOptions(screen.getByLabelText("Kind of business"), "saas");
    await userEvent.type(screen.getByLabelText("Your churn in 30 days, in %"), "3,5");
    await press("Predict who will leave");
    await expect.poll(address).toBe("/predictions/p1");
    expect(told.form).toMatchObject({ industry: "saas", churn_rate: "0.035" });
  });

  it("is refused in words, and sent again under the same key", async () => {
    const told = takes({ refusing: 1 });
    open();
    await choose();
    await press("Predict who will leave");
    expect(await screen.findByRole("alert")).toHaveTextContent("There is no room now.");
    await press("Predict who will leave");
    await expect.poll(address).toBe("/predictions/p1");
    expect(told.keys).toHaveLength(2);
    expect(new Set(told.keys).size).toBe(1);
  });

  it("can be given up on its way", async () => {
    server.use(
      http.post(`${location.origin}/api/csv`, async () => {
        await delay("infinite");
        return new HttpResponse();
      }),
    );
    open();
    await choose();
    await press("Predict who will leave");
    expect(await screen.findByRole("progressbar", { name: "Sending may.csv" })).toBeInTheDocument();
    await press("Cancel");
    expect(
      await screen.findByRole("button", { name: "Predict who will leave" }),
    ).toBeInTheDocument();
    expect(screen.queryByRole("alert")).not.toBeInTheDocument();
  });
});

describe("a file that is not sent yet", () => {
  it("is turned away at once where it cannot be one of customers", async () => {
    open();
    await choose(new File(["x"], "photo.png", { type: "image/png" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("Take a CSV");
  });

  it("is not sent with a rate that cannot be meant", async () => {
    open();
    await choose();
    await userEvent.click(screen.getByText("Options"));
    await userEvent.type(screen.getByLabelText("Your churn in 30 days, in %"), "300");
    expect(await screen.findByText(/Give a percentage between/)).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Predict who will leave" })).toBeDisabled();
  });

  it("can be reviewed first, and then takes the decisions along", async () => {
    const told = takes();
    open();
    await choose();
    await press("Check the columns first");
    expect(screen.getByText("review of may.csv")).toBeInTheDocument();
    await press("back");
    await press("Check the columns first");
    await press("decided");
    await expect.poll(address).toBe("/predictions/p1");
    expect(told.form).toMatchObject({ decisions: '{"mrr":null}' });
  });

  it("can be a sample, with the day that it describes", async () => {
    server.use(
      http.get(`${location.origin}/api/templates/tools/stripe`, () => HttpResponse.text("id\n1\n")),
    );
    open();
    await press("Try it with Stripe, subscriptions");
    expect(await screen.findByText("retainwise-stripe.csv")).toBeInTheDocument();
    await userEvent.click(screen.getByText("Options"));
    expect(screen.getByLabelText("Day of the export")).toHaveValue("2026-05-31");
  });
});

it("leads back to what is not finished", async () => {
  answer("get", "/api/predictions/", {
    predictions: [PREDICTION, { ...PREDICTION, id: "p2", status: "COMPLETED" }],
    next: null,
  });
  open();
  const link = await screen.findByRole("link", { name: /may\.csv/ });
  expect(link).toHaveAttribute("href", "/predictions/p1");
});
