// The main journey of a new owner, from the link of the first run to signing out.

import { readdirSync } from "node:fs";
import { check, given, inBrowser, same, settled, soon, step } from "./browser.mjs";

const percent = (share) => `${(share * 100).toFixed(1)}%`;
const count = (number) => number.toLocaleString("en-US", { maximumFractionDigits: 0 });

await inBrowser(async (page) => {
  const asked = async (path) => {
    const answer = await page.request.get(path);
    check(answer.ok(), `${path} answered ${answer.status()}`);
    return answer.json();
  };
  const card = async (label) =>
    (await page.locator("p, div").filter({ hasText: new RegExp(`^${label}$`) }).first().locator("..").innerText())
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean);

  step("makes the first account");
  await page.goto(given.welcome);
  await page.getByLabel("Your name").fill("Ada Lovelace");
  await page.getByLabel("Email").fill(given.email);
  await page.getByLabel("Password", { exact: true }).fill(given.password);
  await page.getByRole("button", { name: "Set up my account" }).click();
  await page.waitForURL(/\/dashboard/);

  step("an empty dashboard offers an upload");
  await page.getByRole("main").getByRole("link", { name: /upload/i }).first().click();
  await page.waitForURL(/\/upload/);

  step("uploads the telecom file and watches it work");
  await page.locator("input[type=file]").setInputFiles(given.telecom);
  await page.getByRole("button", { name: "Predict who will leave" }).click();
  await page.waitForURL(/\/predictions\/[0-9a-f]{32}$/);
  const id = new URL(page.url()).pathname.split("/").at(-1);
  await page.getByText("Total customers").waitFor({ timeout: 120_000 });
  await settled(page);

  step("reads the dashboard: every number is the API's");
  const whole = await asked(`/api/predictions/${id}/summary`);
  await soon(async () => (await card("Total customers")).includes(count(whole.customers)), "total customers differ from the API's");
  await soon(async () => (await card("High risk")).includes(count(whole.by_risk.high)), "high risk differs from the API's");
  await soon(async () => (await card("Medium risk")).includes(count(whole.by_risk.medium)), "medium risk differs from the API's");
  await soon(async () => (await card("Average retention")).includes(percent(whole.average_retention)), "retention differs from the API's");
  await soon(async () => (await card("Revenue at risk")).includes(count(whole.revenue_at_risk)), "revenue at risk differs from the API's");

  step("filters by risk: the figures, the table and the address follow");
  const filters = page.getByRole("region", { name: "Filters" });
  await filters.getByRole("button", { name: "High" }).click();
  await page.waitForURL(/risk=high/);
  await settled(page);
  const high = await asked(`/api/predictions/${id}/summary?risk_level=high`);
  same(high.customers, whole.by_risk.high, "the API's filtered count");
  await soon(async () => (await card("Total customers")).includes(count(high.customers)), "the filter does not act on the cards");
  const rows = page.getByRole("table", { name: "Customers" }).locator("tbody tr");
  await soon(async () => (await rows.count()) === Math.min(50, high.customers), "rows of the first page");
  for (const text of await rows.allInnerTexts()) check(/High/.test(text), `a row that is not high: ${text}`);

  step("sorts by revenue at risk, and turns the page");
  await page.getByRole("button", { name: "Revenue at risk", exact: true }).last().click();
  await page.waitForURL(/sort=/);
  await settled(page);
  const sorted = async (number) =>
    (
      await asked(`/api/predictions/${id}/customers?risk_level=high&sort=-revenue_at_risk&page=${number}&page_size=50`)
    ).customers.map((customer) => customer.customer_id);
  const shown = async () => (await rows.locator("th a").allInnerTexts()).map((text) => text.trim().split("\n")[0]);
  const first = JSON.stringify(await sorted(1));
  await soon(async () => JSON.stringify(await shown()) === first, "page 1 is not the API's");
  await page.getByRole("button", { name: "Page 2" }).click();
  await page.waitForURL(/page=2/);
  await settled(page);
  const second = JSON.stringify(await sorted(2));
  await soon(async () => JSON.stringify(await shown()) === second, "page 2 is not the API's");

  step("opens a customer: the waterfall sums, and the address is its own");
  const [customer] = await shown();
  await rows.locator("th a").first().click();
  await page.waitForURL(new RegExp(`/customers/${customer}`));
  const drawer = page.getByRole("dialog");
  await drawer.getByText("Why this score").waitFor();
  await settled(page);
  const detail = await asked(`/api/predictions/${id}/customers/${customer}`);
  check((await drawer.innerText()).includes(percent(detail.churn_probability)), "the chance of leaving is not the API's");

  step("moves a what-if slider, and the model answers");
  const slider = drawer.getByRole("slider").first();
  await slider.focus();
  const answered = page.waitForResponse((response) => response.url().includes("/simulate") && response.ok());
  for (let moves = 0; moves < 5; moves += 1) await page.keyboard.press("ArrowLeft");
  await answered;
  await settled(page);
  check(/was /.test(await drawer.innerText()), "the slider does not say what it was");
  check(/points/.test(await drawer.innerText()), "the what-if says no points");
  await page.keyboard.press("Escape");
  await drawer.waitFor({ state: "hidden" });
  check(/page=2/.test(page.url()), "closing the drawer lost the page of the table");

  for (const [format, pattern] of [
    ["Excel", /\.xlsx$/],
    ["CSV", /\.csv$/],
  ]) {
    step(`exports ${format} with the filter on`);
    await page.getByRole("button", { name: /^Export/ }).click();
    const choice = page.getByRole("button", { name: new RegExp(`^${format}`) });
    check((await choice.innerText()).includes(`${count(high.customers)} rows`), "the export does not say how many rows");
    const [download] = await Promise.all([page.waitForEvent("download", { timeout: 60_000 }), choice.click()]);
    check(pattern.test(download.suggestedFilename()), `the file is called ${download.suggestedFilename()}`);
    await download.saveAs(`${given.downloads}/exported${pattern.source.replace(/[\\$]/g, "")}`);
    await page.keyboard.press("Escape");
    await choice.waitFor({ state: "hidden" });
  }
  step(`has ${readdirSync(given.downloads).filter((name) => name.startsWith("exported")).join(" and ")}`);

  step("clears all");
  await page.getByRole("button", { name: "Clear all" }).click();
  await settled(page);
  await soon(async () => (await card("Total customers")).includes(count(whole.customers)), "clear all does not clear");

  step("answers the question of another file");
  await page.goto("/upload");
  await page.locator("input[type=file]").setInputFiles(given.asking);
  await page.getByRole("button", { name: "Predict who will leave" }).click();
  await page.getByRole("heading", { name: "A question about your file" }).waitFor({ timeout: 60_000 });
  await page.getByRole("radio", { name: /not in this file/ }).first().check({ force: true });
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByText("Total customers").waitFor({ timeout: 60_000 });
  await settled(page);

  step("the list has both, and the dashboard counts everyone once");
  await page.goto("/predictions");
  await page.getByText(given.asking.split("/").at(-1)).waitFor();
  await page.goto("/dashboard");
  await settled(page);
  const everyone = await asked("/api/summary");
  await soon(async () => (await card("Total customers")).includes(count(everyone.customers)), "the dashboard's total is not the API's");

  step("signs out, and is out");
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(/\/sign-in/);
  same((await page.request.get("/api/me")).status(), 401, "the session after signing out");
}, { allowed: [/\b401\b/] });
