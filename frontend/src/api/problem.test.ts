import { describe, expect, it } from "vitest";
import { answer, refuse } from "@/testing/server";
import { api } from "./client";
import { asProblem, Problem, problemFrom } from "./problem";
import { onUnauthenticated } from "./session";

const noHeader = () => null;

describe("an answer of the gateway", () => {
  it("is thrown as its sentence, with request id, fields and what unlocks it", async () => {
    refuse("get", "/api/me", 402, "your plan has no such thing", {
      unlocks: "professional",
      code: "PlanLimit",
      errors: [{ field: "body.name", message: "is missing" }],
    });
    await expect(api.GET("/api/me")).rejects.toMatchObject({
      message: "Your plan has no such thing.",
      status: 402,
      code: "PlanLimit",
      requestId: "req-1",
      unlocks: "professional",
      fields: [{ field: "body.name", message: "is missing" }],
      retryable: false,
    });
  });

  it("tells those who listen that nobody is signed in, but not where a password is wrong", async () => {
    let told = 0;
    const stop = onUnauthenticated(() => (told += 1));
    refuse("get", "/api/me", 401, "who are you");
    refuse("post", "/api/auth/sign-in", 401, "e-mail address and password do not belong together");
    await api.GET("/api/me").catch(() => {});
    await api
      .POST("/api/auth/sign-in", { body: { email: "a@b.example", password: "x" } })
      .catch(() => {});
    stop();
    expect(told).toBe(1);
  });

  it("is data where nothing is wrong", async () => {
    answer("get", "/api/me", { user: null, tenant: { id: "t", name: "Acme" } });
    expect((await api.GET("/api/me")).data?.tenant.name).toBe("Acme");
  });
});

describe("what is no answer of the gateway", () => {
  it("is a proxy's page, told without its HTML", () => {
    const problem = problemFrom(502, "<html>Bad gateway</html>", (name) =>
      name === "X-Request-Id" ? "r-9" : null,
    );
    expect(problem.message).toContain("does not answer as it should");
    expect([problem.requestId, problem.retryable]).toEqual(["r-9", true]);
  });

  it("is no connection, or no patience left", () => {
    expect(asProblem(new TypeError("Failed to fetch")).code).toBe("Offline");
    expect(asProblem(new DOMException("", "TimeoutError")).code).toBe("TimedOut");
    expect(asProblem(new Error("a bug")).message).not.toContain("a bug");
  });

  it("keeps a problem as it is", () => {
    const problem = new Problem({ status: 404, code: "NotFound", message: "x", requestId: null });
    expect(asProblem(problem)).toBe(problem);
    expect(problemFrom(429, "{}", noHeader).retryAfterSeconds).toBeNull();
  });
});
