import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Route, Routes } from "react-router";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Events } from "@/testing/events";
import { PREDICTION } from "@/testing/predictions";
import { renderPage } from "@/testing/render";
import { answer, refuse } from "@/testing/server";
import PredictionGate from "./prediction-gate";
import PredictionsPage from "./predictions-page";

function openGate() {
  renderPage(
    <Routes>
      <Route
        path="/predictions/:prediction"
        element={<PredictionGate questions={(action) => <>the questions {action}</>} />}
      >
        <Route index element={<p>the dashboard</p>} />
      </Route>
      <Route path="/predictions" element={<p>the list</p>} />
    </Routes>,
    { at: "/predictions/p1" },
  );
}

beforeEach(() => {
  Events.last = null;
  vi.stubGlobal("EventSource", Events);
});

describe("a prediction that is under way", () => {
  it("is followed by events, step by step, up to its dashboard", async () => {
    answer("get", "/api/predictions/p1", PREDICTION);
    openGate();
    expect(await screen.findByText("2,500 of 10,000 rows")).toBeInTheDocument();
    expect(screen.getByRole("progressbar", { name: "Prepare the rows" })).toHaveAttribute(
      "aria-valuenow",
      "25",
    );
    expect(Events.last?.url).toBe("/api/predictions/p1/events");

    Events.last?.send("progress", { ...PREDICTION, rows_done: 9000 });
    expect(await screen.findByText("9,000 of 10,000 rows")).toBeInTheDocument();

    const completed = { ...PREDICTION, status: "COMPLETED", current_pass: "score" };
    answer("get", "/api/predictions/p1", completed);
    Events.last?.send("progress", completed);
    expect(await screen.findByText("the dashboard")).toBeInTheDocument();
    expect(Events.last?.closed).toBe(true);
  });

  it("is asked for where events do not come", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    answer("get", "/api/predictions/p1", PREDICTION);
    openGate();
    await screen.findByText("2,500 of 10,000 rows");
    answer("get", "/api/predictions/p1", { ...PREDICTION, rows_done: 7000 });
    await act(() => vi.advanceTimersByTimeAsync(5_000));
    expect(await screen.findByText("7,000 of 10,000 rows")).toBeInTheDocument();
    vi.useRealTimers();
  });

  it("can be cancelled, which deletes it", async () => {
    answer("get", "/api/predictions/p1", PREDICTION);
    answer("delete", "/api/predictions/p1", null, 204);
    openGate();
    await userEvent.click(await screen.findByRole("button", { name: "Cancel" }));
    await userEvent.click(await screen.findByRole("button", { name: "Cancel it" }));
    expect(await screen.findByText("the list")).toBeInTheDocument();
  });
});

describe("a prediction that is not", () => {
  it("asks its questions", async () => {
    answer("get", "/api/predictions/p1", { ...PREDICTION, status: "NEEDS_MAPPING" });
    openGate();
    expect(await screen.findByText(/the questions/)).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Delete" })).toBeInTheDocument();
    expect(Events.last).toBeNull();
  });

  it("says why it failed and what to do", async () => {
    const error = { kind: "InvalidInput", code: "BinaryContent", message: "the file is not text" };
    answer("get", "/api/predictions/p1", { ...PREDICTION, status: "FAILED", error });
    openGate();
    expect(await screen.findByRole("alert")).toHaveTextContent("The file is not text");
    expect(screen.getByRole("link", { name: "Upload another file" })).toBeInTheDocument();
    expect(screen.getByLabelText("Stopped here")).toBeInTheDocument();
  });

  it("is not there", async () => {
    refuse("get", "/api/predictions/p1", 404, "there is no prediction with this id");
    openGate();
    expect(await screen.findByText("This prediction is not there")).toBeInTheDocument();
  });

  it("cannot be loaded, and is tried again", async () => {
    refuse("get", "/api/predictions/p1", 503, "the database is down");
    openGate();
    expect(await screen.findByRole("alert")).toHaveTextContent("req-1");
    answer("get", "/api/predictions/p1", { ...PREDICTION, status: "COMPLETED" });
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByText("the dashboard")).toBeInTheDocument();
  });
});

describe("the list", () => {
  it("shows each file with its status, and leads to it", async () => {
    answer("get", "/api/predictions/", {
      predictions: [
        PREDICTION,
        { ...PREDICTION, id: "p2", filename: "april.csv", status: "COMPLETED" },
      ],
      next: "older",
    });
    renderPage(<PredictionsPage />);
    const [first, second] = within(
      await screen.findByRole("list", { name: "Predictions" }),
    ).getAllByRole("listitem");
    expect(first).toHaveTextContent("may.csvIn progress");
    expect(second).toHaveTextContent("april.csvDone1 Jun 2026");
    expect(within(second as HTMLElement).getByRole("link")).toHaveAttribute(
      "href",
      "/predictions/p2",
    );
    expect(screen.getByRole("button", { name: "Show older ones" })).toBeInTheDocument();
  });

  it("leads to the upload where there is nothing yet", async () => {
    answer("get", "/api/predictions/", { predictions: [], next: null });
    renderPage(<PredictionsPage />);
    expect(await screen.findByText("No files yet")).toBeInTheDocument();
    expect(screen.getByRole("link", { name: "Upload a file" })).toBeInTheDocument();
  });

  it("says that it could not be loaded", async () => {
    refuse("get", "/api/predictions/", 500, "something went wrong on our side");
    renderPage(<PredictionsPage />);
    expect(await screen.findByRole("alert")).toHaveTextContent("could not be loaded");
  });
});
