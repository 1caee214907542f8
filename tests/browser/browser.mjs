// A real browser for the tests of the page: Debian's Chromium through playwright-core, with what every test watches.

import { createRequire } from "node:module";
import process from "node:process";

const require = createRequire(new URL("../../frontend/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const { AxeBuilder } = require("@axe-core/playwright");

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const WCAG_2_2_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** CSS pixels: the least side of what a finger must hit, and the widths at which every page is looked at. */
export const TARGET_PX = 44;
export const WIDTHS = [320, 768, 1280];
export const SCHEMES = ["light", "dark"];

/** What the test was told: RETAINWISE_BROWSER_TEST holds JSON. */
export const given = JSON.parse(process.env.RETAINWISE_BROWSER_TEST ?? "{}");

/** Runs `test(page, context)` in a new browser; what the console said badly, or a page threw, fails it.
 *
 *  allowed: what the console may say, as patterns; a browser reports each answer of 400 and above there. */
export async function inBrowser(test, { width = 1280, height = 900, scheme = "light", allowed = [], port, ...more } = {}) {
  const args = port ? [...FLAGS, `--remote-debugging-port=${port}`] : FLAGS;
  const browser = await chromium.launch({ executablePath: given.chromium, args });
  const said = [];
  try {
    const context = await browser.newContext({
      baseURL: given.url,
      viewport: { width, height },
      colorScheme: scheme,
      reducedMotion: "reduce",
      locale: "en-US",
      timezoneId: "UTC",
      acceptDownloads: true,
      ...more,
    });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) said.push(`${page.url()}: ${message.text()}`);
    });
    page.on("pageerror", (error) => said.push(`${page.url()}: ${error.message}`));
    try {
      await test(page, context);
    } catch (error) {
      if (given.shots) await page.screenshot({ path: `${given.shots}/failed.png`, fullPage: true }).catch(() => {});
      said.forEach((line) => console.error(`console: ${line}`));
      console.error(`at ${page.url()}`);
      throw error;
    }
    const bad = said.filter((line) => !allowed.some((pattern) => pattern.test(line)));
    if (bad.length) throw new Error(`the console said:\n${bad.join("\n")}`);
  } finally {
    await browser.close();
  }
}

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

/** Signs in by the account that the test was given. */
export async function signIn(page, path = "/") {
  await page.goto(path);
  await page.getByLabel("Email").fill(given.email);
  await page.getByLabel("Password", { exact: true }).fill(given.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((address) => !address.pathname.startsWith("/sign-in"));
}

/** The page once nothing loads or is about to: skeletons are gone and no request is under way. */
export async function settled(page) {
  await page.waitForLoadState("networkidle");
  await page.waitForFunction(() => !document.querySelector("[data-skeleton], [aria-busy=true]"));
}

/** What axe and a ruler find wrong with the page as it stands; empty when nothing. */
export async function faults(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG_2_2_AA).analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `axe ${id}: ${node.html.slice(0, 200)}`));
  const measured = await page.evaluate((least) => {
    const wrong = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) wrong.push(`scrolls sideways: ${root.scrollWidth} > ${root.clientWidth} px`);
    for (const each of document.querySelectorAll("a[href], button, input, select, textarea, summary, [role=slider]")) {
      const box = (each.closest("label") ?? each).getBoundingClientRect();
      const style = getComputedStyle(each);
      const hidden = box.width <= 1 || box.height <= 1 || style.visibility === "hidden" || each.closest("[inert]");
      // A link inside a sentence is exempt (WCAG 2.5.8, inline).
      const inline = each.tagName === "A" && style.display === "inline";
      if (hidden || inline || each.matches("[tabindex='-1'], [type=hidden], [type=file]")) continue;
      if (box.height < least - 0.5 || box.width < least - 0.5) {
        wrong.push(`${Math.round(box.width)}×${Math.round(box.height)} px: ${each.outerHTML.slice(0, 160)}`);
      }
    }
    return wrong;
  }, TARGET_PX);
  return [...found, ...measured];
}
