// Somebody at Chromium: the verbs that the journey is told in, done by Playwright.

import { inBrowser, settled } from "../browser.mjs";

/** Runs `test(visitor)` in a new browser, watched; allowed: what the console may say, as patterns. */
export function visiting(test, { allowed }) {
  return inBrowser((page) => test(new Visitor(page)), { allowed });
}

class Visitor {
  constructor(page) {
    this.page = page;
  }

  /** Goes to a path of the product, or to a whole address. */
  async visit(path) {
    await this.page.goto(path);
  }

  /** Where the page is, as a URL. */
  address() {
    return new URL(this.page.url());
  }

  async fill(label, text) {
    await this.page.getByLabel(label, { exact: true }).fill(text);
  }

  /** Presses what has this role and name; within: role and name of what it stands in. */
  async press(role, name, within) {
    const place = within ? this.page.getByRole(within.role, { name: within.name, exact: true }) : this.page;
    await place.getByRole(role, { name, exact: true }).click();
  }

  /** Presses the first element of a CSS selector. */
  async pressFirst(css) {
    await this.page.locator(css).first().click();
  }

  /** Gives the focus to the first element of a CSS selector. */
  async focus(css) {
    await this.page.locator(css).first().focus();
  }

  /** Presses a key, by its name in KeyboardEvent.key. */
  async key(name) {
    await this.page.keyboard.press(name);
  }

  /** Chooses a file of this machine for the page's upload. */
  async give(file) {
    await this.page.locator("input[type=file]").setInputFiles(file);
  }

  /** What `look(told)` gives in the page, where it stands alone. */
  read(look, told) {
    return this.page.evaluate(look, told);
  }

  /** Waits until nothing loads or is about to. */
  rest() {
    return settled(this.page);
  }

  /** Does what hands over a file, moves that to `target`, and gives the name that it came under. */
  async download(act, target) {
    const [download] = await Promise.all([this.page.waitForEvent("download", { timeout: 60_000 }), act()]);
    await download.saveAs(target);
    return download.suggestedFilename();
  }
}
