// What the page says when there is little to show, or when something goes wrong on the way.

import { inBrowser, settled, signIn } from "./browser.mjs";
import { check, given, same, soon, step } from "./steps.mjs";

const SUMMARY = /\/api\/predictions\/[0-9a-f]{32}\/summary/;
const body = (page) => page.locator("body").innerText();
const says = (page, pattern, words) => soon(async () => pattern.test(await body(page)), words, 30_000);

await inBrowser(
  async (page, context) => {
    await signIn(page);

    step("one customer alone");
    await page.goto(`/predictions/${given.single}`);
    await settled(page);
    await says(page, /Total customers\s+1\s/, "one customer is not counted");

    step("all at one risk");
    await page.goto(`/predictions/${given.calm}`);
    await settled(page);
    await says(page, /High risk\s+0\s/, "no high risk is not said");

    step("nobody matches: said, with the way back");
    await page.getByRole("searchbox").or(page.getByPlaceholder(/Search/)).first().fill("nobody-has-this-id");
    await says(page, /No customers match/, "an empty choice is not said");
    await page.getByRole("button", { name: "Clear all" }).first().click();
    await says(page, /1–\d+ of \d+/, "clear all does not bring them back");

    step("100,000 customers: filter, sort and page");
    await page.goto(`/predictions/${given.many}`);
    await settled(page);
    await says(page, /100,000/, "100,000 customers are not counted");
    for (const [name, act] of [
      ["filter", () => page.getByRole("region", { name: "Filters" }).getByRole("button", { name: "Low" }).click()],
      ["sort", () => page.getByRole("button", { name: "Revenue at risk", exact: true }).last().click()],
      ["page", () => page.getByRole("button", { name: "Page 2" }).click()],
    ]) {
      const answer = page.waitForResponse((response) => /\/customers\?/.test(response.url()) && response.ok());
      await act();
      await answer;
      await settled(page);
      step(`… ${name}`);
    }
    await says(page, /51–100 of/, "the second page is not shown");

    step("a server error: said with its request id, mended by trying again");
    await page.route(SUMMARY, (route) =>
      route.fulfill({
        status: 500,
        contentType: "application/problem+json",
        body: JSON.stringify({
          type: "/problems/internal",
          title: "Internal",
          status: 500,
          detail: "something went wrong on our side",
          request_id: "0123456789abcdef",
        }),
      }),
    );
    await page.goto(`/predictions/${given.calm}`);
    await says(page, /0123456789abcdef/, "the error shows no request id");
    await page.unroute(SUMMARY);
    await page.getByRole("button", { name: /(Try again|Retry)/ }).first().click();
    await says(page, /Total customers/, "trying again does not help");

    step("a service that never answers: the page says so");
    await page.route(SUMMARY, (route) => route.abort("timedout"));
    await page.goto(`/predictions/${given.single}`);
    await says(page, /could not be (loaded|reached)|not answer|no connection/i, "silence is not said");
    await page.unroute(SUMMARY);

    step("offline: said, and the last good figures stay");
    await page.goto(`/predictions/${given.calm}`);
    await settled(page);
    await context.setOffline(true);
    await says(page, /offline|connection/i, "being offline is not said");
    check(/Total customers/.test(await body(page)), "the figures went when the connection did");
    await context.setOffline(false);

    step("a session that ended leads to sign-in, and back to where one was");
    await context.clearCookies();
    await page.goto(`/predictions/${given.calm}?risk=low`);
    await page.waitForURL(/\/sign-in/);
    await signIn(page, page.url());
    await page.waitForURL((address) => address.pathname === `/predictions/${given.calm}`);
    same(new URL(page.url()).searchParams.get("risk"), "low", "the filter after signing in again");
  },
  { allowed: [/Failed to load resource/, /net::/] },
);
