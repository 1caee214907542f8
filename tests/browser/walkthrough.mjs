// The way from a dropped file to a customer's reasons, as numbered pictures that are shown for as long as a person looks.

import { writeFile } from "node:fs/promises";
import { inBrowser, settled, signIn } from "./browser.mjs";
import { given, step } from "./steps.mjs";

const shown = [];

await inBrowser(
  async (page) => {
    const picture = async (duration_ms) => {
      const path = `${given.folder}/frame-${String(shown.length).padStart(3, "0")}.png`;
      await page.screenshot({ path });
      shown.push({ path, duration_ms });
    };
    await signIn(page);
    await page.goto("/upload");
    await settled(page);
    await picture(1500);

    step("a file, and how far it is");
    await page.locator("input[type=file]").setInputFiles(given.telecom);
    const send = page.getByRole("button", { name: "Predict who will leave" });
    await send.waitFor();
    await picture(1500);
    await send.click();
    const done = page.getByText("Total customers");
    while (!(await done.isVisible())) {
      await picture(250);
      await page.waitForTimeout(250);
    }
    await settled(page);
    await picture(3000);

    step("those at high risk");
    await page.getByRole("region", { name: "Filters" }).getByRole("button", { name: "High" }).click();
    await page.waitForURL(/risk=high/);
    await settled(page);
    await picture(2500);
    const customers = page.getByRole("table", { name: "Customers" });
    await customers.scrollIntoViewIfNeeded();
    await picture(2500);

    step("one of them, and what would help");
    await customers.locator("tbody th a").first().click();
    const drawer = page.getByRole("dialog");
    await drawer.getByText("Why this score").waitFor();
    await settled(page);
    await picture(3500);
    const slider = drawer.getByRole("slider").first();
    await slider.focus();
    for (let moves = 0; moves < 12; moves += 1) {
      await page.keyboard.press("ArrowLeft");
      await page.waitForTimeout(80);
      await picture(150);
    }
    await settled(page);
    await picture(3000);
  },
  { width: 1280, height: 800 },
);
await writeFile(`${given.folder}/frames.json`, JSON.stringify(shown));
