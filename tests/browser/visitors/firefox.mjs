// Somebody at Firefox: the same verbs as Chromium's visitor, done by Puppeteer over WebDriver BiDi, which Playwright
// does not speak.

import { mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { given, soon, watched } from "../steps.mjs";

const require = createRequire(new URL("../../../frontend/package.json", import.meta.url));
const { default: puppeteer } = require("puppeteer-core");

const QUIET_MS = 300;
const PATIENCE_MS = 20_000;

/** Runs `test(visitor)` in a new browser, watched; allowed: what the console may say, as patterns. */
export async function visiting(test, { allowed }) {
  const downloads = await mkdtemp(join(given.downloads, "firefox-"));
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: given.firefox,
    defaultViewport: { width: 1280, height: 900 },
    extraPrefsFirefox: { "ui.prefersReducedMotion": 1, "intl.accept_languages": "en-US" },
  });
  try {
    const context = await browser.createBrowserContext({
      downloadBehavior: { policy: "allow", downloadPath: downloads },
    });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await watched(page, () => test(new Visitor(page, downloads)), allowed);
  } finally {
    await browser.close();
    await rm(downloads, { recursive: true });
  }
}

/** Elements of each role that the journey knows, as CSS. */
const ROLES = { button: "button", link: "a[href]", radio: "input[type=radio]", region: "section[aria-label]" };

/** Whether it is called so. It runs in the page. Firefox can tell roles and names itself, as Chromium is asked to do for
 *  the same journey, but goes through the whole page for it: with 50 rows of customers that takes seconds. */
function found({ css, name, within }) {
  const nameOf = (each) => each.ariaLabel ?? (each.labels?.[0] ?? each).textContent.replace(/\s+/g, " ").trim();
  const called = (root, { css, name }) => [...root.querySelectorAll(css)].find((each) => nameOf(each) === name);
  const place = within ? called(document, within) : document;
  return place && called(place, { css, name });
}

class Visitor {
  constructor(page, downloads) {
    this.page = page;
    this.downloads = downloads;
  }

  async visit(path) {
    await this.page.goto(new URL(path, given.url).href);
  }

  address() {
    return new URL(this.page.url());
  }

  async fill(label, text) {
    const field = await this.page.waitForFunction(
      (words) => [...document.querySelectorAll("label")].find((each) => each.textContent.trim() === words)?.control,
      {},
      label,
    );
    await field.asElement().type(text);
  }

  async press(role, name, within) {
    const place = within && { css: ROLES[within.role], name: within.name };
    const element = await this.page.waitForFunction(found, {}, { css: ROLES[role], name, within: place });
    await element.asLocator().click();
  }

  async pressFirst(css) {
    await this.page.locator(css).click();
  }

  async focus(css) {
    await this.page.focus(css);
  }

  async key(name) {
    await this.page.keyboard.press(name);
  }

  async give(file) {
    await (await this.page.waitForSelector("input[type=file]")).uploadFile(file);
  }

  read(look, told) {
    return this.page.evaluate(look, told);
  }

  async rest() {
    await this.page.waitForNetworkIdle({ idleTime: QUIET_MS });
    await this.page.waitForFunction(() => !document.querySelector("[data-skeleton], [aria-busy=true]"));
  }

  async download(act, target) {
    await act();
    let name;
    // Until the file is whole, NAME is empty and NAME.part is written.
    await soon(
      async () => {
        [name] = await readdir(this.downloads);
        // A .part may have got its name since it was listed, so it is not looked at.
        if (name === undefined || name.endsWith(".part")) return false;
        return (await stat(join(this.downloads, name))).size > 0;
      },
      "no file came",
      60_000,
    );
    await rename(join(this.downloads, name), target);
    return name;
  }
}
