// A walk over every page with files that would be pages themselves: all of what they hold is shown as text, and nothing
// of it runs. What the content security policy stops, the console says, which is watched.

import { inBrowser, signIn } from "./browser.mjs";
import { check, given, same, soon, step } from "./steps.mjs";

/** What only the files' text could have brought into the page. It runs there, so it stands alone. */
function born() {
  const live = document.querySelectorAll("[onerror], img[src=x], a[href^='javascript:' i]").length;
  return { ran: window.__ran ?? null, live, scripts: [...document.scripts].filter(({ text }) => /__ran/.test(text)).length };
}

await inBrowser(
  async (page) => {
    const dialogs = [];
    page.on("dialog", (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    // Plans are written with a capital.
    const says = async (words) =>
      (await page.evaluate(() => document.body.textContent)).toLowerCase().includes(words.toLowerCase());
    /** What was shown is there as text, and nothing came alive. */
    const harmless = async (where, shown) => {
      step(where);
      await page.waitForFunction(() => !document.querySelector("[data-skeleton], [aria-busy=true]"));
      for (const words of shown) await soon(() => says(words), `${where} does not show ${words}`);
      same(await page.evaluate(born), { ran: null, live: 0, scripts: 0 }, where);
      same(dialogs, [], where);
    };
    const upload = async (file) => {
      await page.goto("/upload");
      await page.locator("input[type=file]").setInputFiles({
        name: file.name,
        mimeType: "text/csv",
        buffer: Buffer.from(file.text),
      });
    };
    const idOf = () => new URL(page.url()).pathname.split("/").at(-1);

    await signIn(page);
    const { whole, asking } = given;
    await upload(whole);
    await harmless("the chosen file", [whole.name]);
    await page.getByRole("button", { name: "Check the columns first" }).click();
    await harmless("the columns beforehand", [whole.name, ...whole.headers]);
    await page.getByRole("button", { name: "Predict who will leave" }).click();
    await page.getByText("Total customers").waitFor({ timeout: 60_000 });
    const id = idOf();
    await harmless("the dashboard", [whole.name, ...whole.names, ...whole.plans]);

    await page.getByRole("button", { name: "Plan", exact: true }).click();
    await harmless("the plans to choose from", whole.plans);
    // The mark follows the address, so it may come a moment later.
    await page.getByRole("checkbox", { name: whole.plans[0] }).click();
    await page.keyboard.press("Escape");
    await harmless("a plan that is chosen", [`Plan: ${whole.plans[0]}`]);

    for (const [place, customer] of whole.ids.entries()) {
      const path = `/predictions/${id}/customers/${encodeURIComponent(customer)}`;
      await page.goto(path);
      await harmless(`the drawer of ${customer}`, [customer, whole.names[place], whole.plans[place]]);
    }
    await page.goto(`/predictions/${id}/report`);
    await harmless("the report", [whole.name, ...whole.headers]);
    await page.goto(`/api/predictions/${id}/report?format=html`);
    await harmless("the report to forward", [whole.name, ...whole.headers]);
    check((await page.locator("script").count()) === 0, "the report to forward has a script");

    await page.goto(`/predictions/${id}`);
    for (const [format, ending] of [
      ["CSV", "csv"],
      ["Excel", "xlsx"],
    ]) {
      await page.getByRole("button", { name: "Export" }).click();
      const coming = page.waitForEvent("download", { timeout: 60_000 });
      await page.getByRole("button", { name: new RegExp(`^${format}`) }).click();
      const download = await coming;
      await download.saveAs(`${given.downloads}/hostile.${ending}`);
      check(/^[\w.-]+$/.test(download.suggestedFilename()), `an export is called ${download.suggestedFilename()}`);
      await harmless(`the export as ${format}`, [download.suggestedFilename()]);
      await page.keyboard.press("Escape");
    }

    await upload(asking);
    await page.getByRole("button", { name: "Predict who will leave" }).click();
    await page.getByRole("heading", { name: /questions? about your file/ }).waitFor({ timeout: 60_000 });
    await harmless("a question", [asking.name, ...asking.headers]);
    await page.getByRole("radio", { name: "It is not in this file" }).first().click();
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByText("Total customers").waitFor({ timeout: 60_000 });
    await page.goto("/predictions");
    await harmless("the list", [whole.name, asking.name]);
    await page.goto("/dashboard");
    await harmless("the dashboard over all files", whole.names);
    await page.goto("/settings/columns");
    await harmless("what is remembered", [asking.name, ...asking.headers]);
  },
);
