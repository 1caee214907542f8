// The way from a dropped file to a customer's reasons, as numbered pictures that are shown for as long as a person looks.

import { writeFile } from "node:fs/promises";
import { inBrowser, settled, signIn } from "./browser.mjs";
import { given, step } from "./steps.mjs";

/** What a drawer's own header covers of what is scrolled to its beginning. */
const HEADER_PX = 84;

const shown = [];

/** A hand where somebody would press: pictures show no pointer of their own. Gone where `locator` is null. */
async function pointAt(page, locator) {
  const box = await locator?.boundingBox();
  await page.evaluate((at) => {
    document.getElementById("pointer")?.remove();
    if (!at) return;
    const pointer = document.createElement("div");
    pointer.id = "pointer";
    Object.assign(pointer.style, {
      position: "fixed",
      zIndex: 10_000,
      left: `${at.x}px`,
      top: `${at.y}px`,
      width: "28px",
      height: "28px",
      margin: "-14px",
      borderRadius: "50%",
      background: "rgb(17 24 39 / 0.25)",
      border: "2px solid rgb(17 24 39 / 0.6)",
    });
    document.body.append(pointer);
  }, box && { x: box.x + box.width / 2, y: box.y + box.height / 2 });
}

await inBrowser(
  async (page) => {
    const picture = async (duration_ms) => {
      const path = `${given.folder}/frame-${String(shown.length).padStart(3, "0")}.png`;
      await page.screenshot({ path });
      shown.push({ path, duration_ms });
    };
    const press = async (locator) => {
      await pointAt(page, locator);
      await picture(900);
      await pointAt(page, null);
      await locator.click();
    };
    await signIn(page);
    await page.goto("/upload");
    await settled(page);
    await picture(1500);

    step("a file, and how far it is");
    await page.locator("input[type=file]").setInputFiles(given.files.november);
    const send = page.getByRole("button", { name: "Predict who will leave" });
    await send.waitFor();
    await picture(900);
    await press(send);
    const done = page.getByText("Total customers");
    while (!(await done.isVisible())) {
      await picture(250);
      await page.waitForTimeout(250);
    }
    await page.getByText("Risk rose most").waitFor({ timeout: 60_000 });
    await settled(page);
    await picture(3500);

    step("what changed, and those at high risk");
    await page.getByRole("heading", { name: "What changed" }).scrollIntoViewIfNeeded();
    await page.mouse.wheel(0, 420);
    await page.waitForTimeout(300);
    await picture(3500);
    await page.evaluate(() => window.scrollTo(0, 0));
    await press(page.getByRole("region", { name: "Filters" }).getByRole("button", { name: "High" }));
    await page.waitForURL(/risk=high/);
    await settled(page);
    await picture(2500);
    const customers = page.getByRole("table", { name: "Customers" });
    await page.getByRole("heading", { name: "Customers", exact: true }).evaluate((each) => each.scrollIntoView());
    await page.mouse.wheel(0, -72);
    await page.waitForTimeout(300);
    await picture(1500);
    await press(page.getByRole("button", { name: "Action", exact: true }));
    await page.waitForURL(/sort=-expected_saved_revenue/);
    await settled(page);
    await picture(2500);

    step("one of them, and what would help");
    await press(customers.locator("tbody th a").first());
    const drawer = page.getByRole("dialog");
    await drawer.getByText("Why this score").waitFor();
    await settled(page);
    await picture(3500);
    const goTo = async (heading) => {
      await drawer.getByRole("heading", { name: heading }).evaluate((each) => each.scrollIntoView());
      await drawer.evaluate((each, under_px) => each.scrollBy(0, -under_px), HEADER_PX);
    };
    await goTo("Why this score");
    await picture(3500);
    await goTo("What if");
    const slider = drawer.getByRole("slider").first();
    await press(slider);
    await slider.focus();
    for (let moves = 0; moves < 12; moves += 1) {
      await page.keyboard.press("ArrowLeft");
      await page.waitForTimeout(80);
      await picture(150);
    }
    await settled(page);
    await picture(3500);
  },
  { width: 1280, height: 800 },
);
await writeFile(`${given.folder}/frames.json`, JSON.stringify(shown));
