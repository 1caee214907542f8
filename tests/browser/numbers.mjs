// Reads the numbers of dashboards as they stand in the page, and prints them as JSON: one object for each path.

import { inBrowser, settled, signIn } from "./browser.mjs";
import { given } from "./steps.mjs";

/** What a dashboard says, in its own words. It runs in the page, so it stands alone. */
function told() {
  const lines = (each) => each.innerText.split("\n").map((line) => line.trim()).filter(Boolean);
  const table = (caption) => {
    const rows = document.querySelectorAll(`[role=group][aria-label=${JSON.stringify(caption)}] tbody tr`);
    return [...rows].map((row) => [...row.children].map((cell) => cell.textContent));
  };
  const drawn = (title) => {
    const cards = [...document.querySelectorAll("main section")];
    const card = cards.find((each) => each.querySelector("h2")?.textContent === title);
    return [...card.querySelectorAll("button[aria-pressed]")].map((bar) => bar.ariaLabel);
  };
  const labels = ["Total customers", "High risk", "Medium risk", "Average retention", "Revenue at risk"];
  const heads = [...document.querySelectorAll("main p")].filter((each) => labels.includes(each.textContent));
  const customers = document.querySelector("section[aria-labelledby=customers]");
  return {
    cards: heads.map((each) => lines(each.parentElement)),
    risk: table("Customers by risk"),
    risk_bars: drawn("Risk distribution"),
    retention: table("Customers by retention probability"),
    retention_bars: drawn("Retention"),
    drivers: table("What moves the risk, over these customers"),
    rows: [...customers.querySelectorAll("tbody tr")].map((row) => [...row.children].map(lines)),
    page: lines(customers).find((line) => / of /.test(line) && /^\d/.test(line)),
  };
}

await inBrowser(async (page) => {
  await signIn(page);
  const read = [];
  for (const path of given.paths) {
    await page.goto(path);
    await settled(page);
    read.push(await page.evaluate(told));
  }
  console.log(JSON.stringify(read));
});
