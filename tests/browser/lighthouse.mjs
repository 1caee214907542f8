// Lighthouse on pages behind the sign-in: one browser, signed in once, audited over its debugging port.

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { inBrowser, signIn } from "./browser.mjs";
import { check, given } from "./steps.mjs";

const require = createRequire(new URL("../../frontend/package.json", import.meta.url));
const { default: lighthouse, desktopConfig } = await import(pathToFileURL(require.resolve("lighthouse")).href);

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];

await inBrowser(
  async (page, context) => {
    await signIn(page);
    // Lighthouse opens a tab of its own, which knows nothing of this one's cookies.
    const Cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    for (const [name, path] of Object.entries(given.paths)) {
      for (const [form, config] of [["phone", undefined], ["desktop", desktopConfig]]) {
        const marks = [];
        let unrecorded = 0;
        while (marks.length < given.runs) {
          const options = { port: given.port, onlyCategories: CATEGORIES, extraHeaders: { Cookie }, logLevel: "silent" };
          const { lhr } = await lighthouse(given.url + path, options, config);
          // What Lighthouse itself could not record, as happens on a busy machine, says nothing of the page.
          if (lhr.runtimeError) {
            unrecorded += 1;
            check(unrecorded <= given.runs, `${path} cannot be audited: ${lhr.runtimeError.message}`);
            continue;
          }
          if (new URL(lhr.finalDisplayedUrl).pathname !== path) throw new Error(`${path} led to ${lhr.finalDisplayedUrl}`);
          marks.push(CATEGORIES.map((each) => Math.round(100 * lhr.categories[each].score)));
        }
        const medians = CATEGORIES.map((_, place) => median(marks.map((each) => each[place])));
        const all = marks.map(([performance]) => performance).join(" ");
        console.log(JSON.stringify({ name, form, ...Object.fromEntries(CATEGORIES.map((each, n) => [each, medians[n]])), all }));
      }
    }
  },
  { port: given.port, allowed: [/./] },
);
