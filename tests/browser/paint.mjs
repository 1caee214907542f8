// From a click to the paint of what it asked for: filter, sort and page over many customers, as one person on a desktop.

import { inBrowser, settled, signIn } from "./browser.mjs";
import { check, given } from "./steps.mjs";

/** What is clicked, another one each time: a question that was asked before would be answered from memory. */
const RISKS = ["High", "Medium", "Low"];
const SORTS = ["Revenue at risk", "Action", "Customer"];
const CLICKS = {
  filter: (page, run) =>
    run % 4 < RISKS.length
      ? page.getByRole("region", { name: "Filters" }).getByRole("button", { name: RISKS[run % 4], exact: true })
      : page.getByRole("button", { name: /^\d+–\d+%: [1-9]/ }).nth(run % 5),
  sort: (page, run) => page.getByRole("columnheader", { name: SORTS[run % SORTS.length], exact: true }).getByRole("button"),
  page: (page, run) =>
    page.getByRole("navigation", { name: "Pages of customers" }).getByRole("button").nth([2, -1, -2][run % 3]),
};

/** Begins to wait, in the page, for the next click and for the paint of what it brings. */
function watch() {
  // The words of rows and of their count change with the answer, those of buttons already with the click.
  const words = () => document.querySelector("section[aria-labelledby=customers] [aria-busy]")?.textContent;
  const before = words();
  window.painted = new Promise((resolve) => {
    const listen = (click) => {
      const look = () => {
        // What is old while its successor is under way is marked so, the figures as well as the rows.
        const there = words() !== before && !document.querySelector("main [aria-busy=true], main [data-skeleton]");
        // Of two frames the second begins when the first is on the screen.
        if (there) requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - click.timeStamp)));
        else requestAnimationFrame(look);
      };
      look();
    };
    addEventListener("click", listen, { capture: true, once: true });
  });
}

const at = (sorted, share) => Math.round(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]);
const late = [];

await inBrowser(
  async (page) => {
    await signIn(page);
    for (const [name, path] of Object.entries(given.paths)) {
      const times = Object.fromEntries(Object.keys(CLICKS).map((kind) => [kind, []]));
      for (let run = 0; run < given.runs; run += 1) {
        await page.goto(path);
        for (const [kind, target] of Object.entries(CLICKS)) {
          await settled(page);
          const button = target(page, run);
          await button.scrollIntoViewIfNeeded();
          await page.evaluate(watch);
          await button.click();
          times[kind].push(await page.evaluate(() => window.painted));
        }
      }
      for (const [kind, taken] of Object.entries(times)) {
        const sorted = taken.toSorted((one, other) => one - other);
        const [median, p95] = [at(sorted, 0.5), at(sorted, 0.95)];
        console.log(JSON.stringify({ name, kind, runs: taken.length, median_ms: median, p95_ms: p95, max_ms: at(sorted, 1) }));
        if (p95 > given.paint_ms_max) late.push(`${name}, ${kind}: ${p95} ms`);
      }
    }
  },
  { reducedMotion: "no-preference" },
);
check(late.length === 0, `a paint took more than ${given.paint_ms_max} ms: ${late.join("; ")}`);
