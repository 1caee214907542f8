// The main journey of a new owner, from a one-time link to signing out, in whichever browser the test names.

import { check, given, same, soon, step } from "./steps.mjs";

const { visiting } = await import(`./visitors/${given.browser}.mjs`);

const percent = (share) => `${(share * 100).toFixed(1)}%`;
const count = (number) => number.toLocaleString("en-US", { maximumFractionDigits: 0 });

const DRAWER = "[role=dialog]";
const FIRST_CUSTOMER = "main table tbody th a";

/** What stands in the page or in the first element of the selector; "" where there is none. */
const textOf = (visitor, css = "body") => visitor.read((css) => document.querySelector(css)?.innerText ?? "", css);

/** Waits until the text is there. */
const says = (visitor, words, timeout_ms) =>
  soon(async () => (await textOf(visitor)).includes(words), `the page does not say ${words}`, timeout_ms);

const arrives = (visitor, pattern) =>
  soon(() => pattern.test(visitor.address().href), `no way to ${pattern}`, 20_000);

/** What the API answers to the page's own session: [status, body]. */
const asked = (visitor, path) =>
  visitor.read(async (path) => {
    const answer = await fetch(path);
    return [answer.status, await answer.json()];
  }, path);

/** The body of an answer that must be good. */
async function answerOf(visitor, path) {
  const [status, body] = await asked(visitor, path);
  same(status, 200, path);
  return body;
}

/** The lines of the card with this label. */
const card = (visitor, label) =>
  visitor.read((label) => {
    const heads = [...document.querySelectorAll("main p")];
    const lines = heads.find((each) => each.innerText.trim() === label)?.parentElement.innerText ?? "";
    return lines.split("\n").map((line) => line.trim());
  }, label);

const shows = (visitor, label, figure) =>
  soon(async () => (await card(visitor, label)).includes(figure), `${label} is not the API's ${figure}`);

/** Each row of the customers' table: the customer's id, and all that it says. */
const rows = (visitor) =>
  visitor.read((link) => {
    const links = [...document.querySelectorAll(link)];
    return links.map((each) => ({ id: each.innerText.trim().split("\n")[0], text: each.closest("tr").innerText }));
  }, FIRST_CUSTOMER);

async function journey(visitor) {
  step("makes the first account");
  await visitor.visit(given.welcome);
  await visitor.fill("Your name", "Ada Lovelace");
  await visitor.fill("Email", given.email);
  await visitor.fill("Password", given.password);
  await visitor.press("button", "Set up my account");
  await arrives(visitor, /\/dashboard/);

  step("an empty dashboard offers an upload");
  await visitor.press("link", "Upload a file");
  await arrives(visitor, /\/upload/);

  step("uploads the telecom file and watches it work");
  await visitor.give(given.telecom);
  await visitor.press("button", "Predict who will leave");
  await arrives(visitor, /\/predictions\/[0-9a-f]{32}$/);
  const id = visitor.address().pathname.split("/").at(-1);
  await says(visitor, "Total customers", 120_000);
  await visitor.rest();

  step("reads the dashboard: every number is the API's");
  const whole = await answerOf(visitor, `/api/predictions/${id}/summary`);
  await shows(visitor, "Total customers", count(whole.customers));
  await shows(visitor, "High risk", count(whole.by_risk.high));
  await shows(visitor, "Medium risk", count(whole.by_risk.medium));
  await shows(visitor, "Average retention", percent(whole.average_retention));
  await shows(visitor, "Revenue at risk", count(whole.revenue_at_risk));

  step("filters by risk: the figures, the table and the address follow");
  await visitor.press("button", "High", { role: "region", name: "Filters" });
  await arrives(visitor, /risk=high/);
  await visitor.rest();
  const high = await answerOf(visitor, `/api/predictions/${id}/summary?risk_level=high`);
  same(high.customers, whole.by_risk.high, "the API's filtered count");
  await shows(visitor, "Total customers", count(high.customers));
  await soon(async () => (await rows(visitor)).length === Math.min(50, high.customers), "rows of the first page");
  for (const { text } of await rows(visitor)) check(/High/.test(text), `a row that is not high: ${text}`);

  step("sorts by revenue at risk, and turns the page");
  const page = async (number) => {
    const query = `risk_level=high&sort=-revenue_at_risk&page=${number}&page_size=50`;
    const { customers } = await answerOf(visitor, `/api/predictions/${id}/customers?${query}`);
    return customers.map((customer) => customer.customer_id).join(" ");
  };
  const shown = async () => (await rows(visitor)).map((row) => row.id).join(" ");
  await visitor.press("button", "Revenue at risk");
  await arrives(visitor, /sort=/);
  const first = await page(1);
  await soon(async () => (await shown()) === first, "page 1 is not the API's");
  await visitor.press("button", "Page 2");
  await arrives(visitor, /page=2/);
  const second = await page(2);
  await soon(async () => (await shown()) === second, "page 2 is not the API's");

  step("opens a customer: the address is its own, the chance of leaving the API's");
  const [customer] = second.split(" ");
  await visitor.pressFirst(FIRST_CUSTOMER);
  await arrives(visitor, new RegExp(`/customers/${customer}`));
  await says(visitor, "Why this score");
  await visitor.rest();
  const detail = await answerOf(visitor, `/api/predictions/${id}/customers/${customer}`);
  const chance = percent(detail.churn_probability);
  check((await textOf(visitor, DRAWER)).includes(chance), `the chance of leaving is not the API's ${chance}`);

  step("moves a what-if slider, and the model answers");
  const answers = () =>
    visitor.read(() => performance.getEntriesByType("resource").filter(({ name }) => /simulate/.test(name)).length);
  const before = await answers();
  await visitor.focus(`${DRAWER} input[type=range]`);
  for (let moves = 0; moves < 5; moves += 1) await visitor.key("ArrowLeft");
  await soon(async () => (await answers()) > before, "the model was not asked");
  await visitor.rest();
  const said = await textOf(visitor, DRAWER);
  check(/was /.test(said), "the slider does not say what it was");
  check(/points/.test(said), "the what-if says no points");
  await visitor.key("Escape");
  await soon(async () => (await textOf(visitor, DRAWER)) === "", "the drawer does not close");
  check(/page=2/.test(visitor.address()), "closing the drawer lost the page of the table");

  for (const [format, ending] of [
    ["Excel", "xlsx"],
    ["CSV", "csv"],
  ]) {
    step(`exports ${format} with the filter on, and says how many rows`);
    await visitor.press("button", "Export");
    const choose = () => visitor.press("button", `${format} ${count(high.customers)} rows`);
    const name = await visitor.download(choose, `${given.downloads}/exported.${ending}`);
    check(name.endsWith(`.${ending}`), `the file is called ${name}`);
    await visitor.key("Escape");
    await soon(async () => (await textOf(visitor, DRAWER)) === "", "the choice of exports does not close");
  }

  step("clears all");
  await visitor.press("button", "Clear all");
  await shows(visitor, "Total customers", count(whole.customers));

  step("answers the question of another file");
  await visitor.visit("/upload");
  await visitor.give(given.asking);
  await visitor.press("button", "Predict who will leave");
  await says(visitor, "A question about your file", 60_000);
  await visitor.press("radio", "It is not in this file");
  await visitor.press("button", "Continue");
  await says(visitor, "Total customers", 60_000);

  step("the list has both, and the dashboard counts everyone once");
  await visitor.visit("/predictions");
  for (const file of [given.telecom, given.asking]) await says(visitor, file.split("/").at(-1));
  await visitor.visit("/dashboard");
  const everyone = await answerOf(visitor, "/api/summary");
  await shows(visitor, "Total customers", count(everyone.customers));

  step("asks the gateway for nothing twice, and takes all that was asked ahead of the page's code");
  for (const path of ["/dashboard", "/upload", `/predictions/${id}`, `/predictions/${id}/customers/${customer}`]) {
    await visitor.visit(path);
    await visitor.rest();
    const { questions, untaken } = await visitor.read(() => ({
      questions: performance.getEntriesByType("resource").map(({ name }) => name),
      untaken: Object.keys(window.askedAhead),
    }));
    const again = questions.filter((each, place) => each.includes("/api/") && questions.indexOf(each) !== place);
    same([again, untaken], [[], []], `asked twice and asked in vain for ${path}`);
  }
  await visitor.key("Escape");
  await soon(async () => (await textOf(visitor, DRAWER)) === "", "a drawer that a link led to does not close");
  await shows(visitor, "Total customers", count(whole.customers));

  step("signs out, and is out");
  await visitor.press("button", "Account of Ada Lovelace");
  await visitor.press("button", "Sign out");
  await arrives(visitor, /\/sign-in/);
  same((await asked(visitor, "/api/me"))[0], 401, "the session after signing out");
}

await visiting(journey, { allowed: [/\b401\b/] });
