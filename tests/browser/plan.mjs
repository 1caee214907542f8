// A file that is larger than what the plan has left: what the page says, what unlocks it, and both ways on from there.

import { inBrowser, settled, signIn } from "./browser.mjs";
import { given, same, soon, step } from "./steps.mjs";

await inBrowser(
  async (page) => {
    const main = page.getByRole("main");
    const says = (pattern, words) => soon(async () => pattern.test(await main.innerText()), words, 30_000);
    await signIn(page);

    const upload = async (file) => {
      await page.goto("/upload");
      await page.locator("input[type=file]").setInputFiles(file);
      await page.getByRole("button", { name: "Predict who will leave" }).click();
      await page.getByRole("heading", { name: "This file needs more predictions than are left" }).waitFor({ timeout: 60_000 });
    };

    step("the file is held, with what is missing and what would do");
    await upload(given.first);
    const held = page.url();
    await says(/1,200 customers, and 1,000 of the 1,000 predictions .* are left: 200 too few/, "the shortage is not said");
    await says(/Professional has 5,000/, "what unlocks it is not said");
    await says(/nothing has to be uploaded again, and nothing was counted/, "the file's safety is not said");

    step("going on too early says so, and loses nothing");
    await page.getByRole("button", { name: "Continue now" }).click();
    await says(/There are still too few left/, "going on too early says nothing");
    same(page.url(), held, "the page after going on too early");

    step("a larger plan lets it go on by itself");
    await page.getByRole("link", { name: "See the plans" }).click();
    await page.waitForURL(/\/settings\/plan$/);
    await settled(page);
    await page.getByRole("button", { name: "Choose Professional" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Choose Professional" }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.goto(held);
    await says(/Total customers\s+1,200\s/, "the file does not go on");
    await page.goto("/settings/plan");
    await says(/1,200/, "what was used is not said");

    step("one that is given up is gone");
    await upload(given.second);
    await says(/4,000 customers, and 3,800 of the 5,000 .*: 200 too few/, "the second shortage is not said");
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete it" }).click();
    await page.waitForURL(/\/predictions$/);
    await soon(async () => /first.csv/.test(await main.innerText()), "the list has no file");
    await soon(async () => !/second.csv/.test(await main.innerText()), "the list has the file that was given up");
  },
  { allowed: [/\b402\b/] },
);
