// What every script of this folder is told, says, checks and watches, whichever browser it drives.

import process from "node:process";

/** What the test was told: RETAINWISE_BROWSER_TEST holds JSON. */
export const given = JSON.parse(process.env.RETAINWISE_BROWSER_TEST ?? "{}");

/** Says what comes next, so that a failure shows how far it went. */
export function step(words) {
  console.log(`· ${words}`);
}

export function check(holds, words) {
  if (!holds) throw new Error(words);
}

/** The same of what the page has yet to catch up with. */
export async function soon(holds, words, timeout_ms = 10_000) {
  const deadline = Date.now() + timeout_ms;
  while (!(await holds())) {
    check(Date.now() < deadline, words);
    await new Promise((resume) => setTimeout(resume, 50));
  }
}

export function same(found, expected, words) {
  check(
    JSON.stringify(found) === JSON.stringify(expected),
    `${words}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`,
  );
}

/** Runs `act` and listens to the page meanwhile, Playwright's or Puppeteer's: what the console said badly, or the page
 *  threw, fails it. Where it fails, a picture of the page is left.
 *
 *  allowed: what the console may say, as patterns; a browser reports each answer of 400 and above there. */
export async function watched(page, act, allowed) {
  const said = [];
  page.on("console", (message) => {
    if (["error", "warning", "warn"].includes(message.type())) said.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => said.push(`${page.url()}: ${error.message}`));
  try {
    await act();
  } catch (error) {
    if (given.shots) await page.screenshot({ path: `${given.shots}/failed.png`, fullPage: true }).catch(() => {});
    said.forEach((line) => console.error(`console: ${line}`));
    console.error(`at ${page.url()}`);
    throw error;
  }
  const bad = said.filter((line) => !allowed.some((pattern) => pattern.test(line)));
  check(bad.length === 0, `the console said:\n${bad.join("\n")}`);
}
