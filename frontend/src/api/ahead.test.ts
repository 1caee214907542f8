import { afterEach, expect, it } from "vitest";
import { answer } from "@/testing/server";
import { dropAhead, takeAhead } from "./ahead";
import { api, dataOf } from "./client";

const LIST = { predictions: [], next: null };

function askedAhead(path: string, body: unknown, status = 200) {
  window.askedAhead = { [path]: Promise.resolve(Response.json(body, { status })) };
}

const list = () => dataOf(api.GET("/api/predictions/"));

afterEach(() => {
  delete window.askedAhead;
});

it("takes an answer that is on its way already, once", async () => {
  askedAhead("/api/predictions/", { ...LIST, next: "ahead" });
  answer("get", "/api/predictions/", { ...LIST, next: "anew" });
  expect(await list()).toEqual({ ...LIST, next: "ahead" });
  expect(await list()).toEqual({ ...LIST, next: "anew" });
});

it("asks anew where what was asked ahead failed", async () => {
  answer("get", "/api/predictions/", LIST);
  askedAhead("/api/predictions/", { detail: "who are you?" }, 401);
  expect(await list()).toEqual(LIST);
  window.askedAhead = { "/api/predictions/": Promise.reject(new TypeError("no network")) };
  expect(await list()).toEqual(LIST);
});

it("takes nothing for another question, another person or a change", async () => {
  const path = "/api/predictions/";
  const url = location.origin + path;
  askedAhead(path, LIST);
  expect(await takeAhead(new Request(`${url}?limit=2`))).toBeNull();
  expect(await takeAhead(new Request(url, { method: "POST" }))).toBeNull();
  expect(await takeAhead(new Request(url, { headers: { Authorization: "Bearer x" } }))).toBeNull();
  dropAhead();
  expect(await takeAhead(new Request(url))).toBeNull();
});
