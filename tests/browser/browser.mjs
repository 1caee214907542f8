// A real browser for the tests of the page: Debian's Chromium through playwright-core, and what is measured in it.

import { createRequire } from "node:module";
import { given, watched } from "./steps.mjs";

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

/** CSS pixels: the least side of what a finger must hit, and the widths at which every page is looked at. They narrow,
 *  as what was drawn for a wide window is what may not fit; the next page opens in the narrow one, and widens. */
export const TARGET_PX = 44;
export const WIDTHS = [1280, 768, 320];
export const SCHEMES = ["light", "dark"];

/** Runs `test(page, context)` in a new browser, watched; allowed: what the console may say, as patterns. */
export async function inBrowser(test, { width = 1280, height = 900, scheme = "light", allowed = [], port, ...more } = {}) {
  const args = port ? [...FLAGS, `--remote-debugging-port=${port}`] : FLAGS;
  const browser = await chromium.launch({ executablePath: given.chromium, args });
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
    await watched(page, () => test(page, context), allowed);
  } finally {
    await browser.close();
  }
}

/** Signs in by the account that the test was given. */
export async function signIn(page, path = "/", { email, password } = given) {
  await page.goto(path);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
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
