// Pictures of every page at 320 and 1280 px, light and dark, for somebody to look at; and those of the user guide.

import { SCHEMES, faults, inBrowser, settled, signIn } from "./browser.mjs";
import { check, given, step } from "./steps.mjs";

const button = (page, name) => page.getByRole("button", { name });
const press = (name) => async (page) => {
  await button(page, name).first().click();
  await settled(page);
};

/** Chooses a file, which is not sent. */
const choose = (file) => async (page) => {
  await page.locator("input[type=file]").setInputFiles(file);
  await button(page, "Predict who will leave").waitFor();
};

const inTurn = (...acts) => async (page) => {
  for (const act of acts) await act(page);
};

/** Until charts have found their width, and bars their height. */
async function still(page) {
  await settled(page);
  await page.waitForFunction(() => document.getAnimations().every((each) => each.playState !== "running"));
  await page.waitForTimeout(150);
}

/** A window as tall as all that is in it: a picture of the full page would leave the navigation short, and what sticks
 *  to the window's end in the middle. */
async function grow(page, locator) {
  await still(page);
  const height = await locator.evaluate((each) => each.scrollHeight);
  await page.setViewportSize({ ...page.viewportSize(), height: Math.max(HEIGHT, height) });
  await still(page);
}

async function openDrawer(page) {
  const drawer = page.getByRole("dialog");
  await drawer.getByText("Why this score").waitFor();
  await still(page);
  // The focus is on its first button, as it was not opened by a click.
  await page.evaluate(() => document.activeElement?.blur());
}

async function wholeDrawer(page) {
  await openDrawer(page);
  await grow(page, page.getByRole("dialog"));
}

/** Moves the first slider of the drawer to its lowest, and waits for the model's answer. */
async function tryOut(page) {
  const slider = page.getByRole("dialog").getByRole("slider").first();
  const answered = page.waitForResponse((response) => response.url().includes("/simulate") && response.ok());
  await slider.focus();
  await page.keyboard.press("Home");
  await answered;
  await settled(page);
}

const { paths } = given;
const HEIGHT = 800;
const wrong = [];
const PHONE = 320;

/** By who looks: a name, an address, what is done on the page before the picture. view: what the window shows alone,
 *  where something lies over the page. width: only there. covers: it lies over parts of controls, which axe would take
 *  for too small. */
const PICTURES = {
  stranger: [
    { name: "sign-in", path: "/sign-in" },
    { name: "sign-up", path: "/sign-up" },
    { name: "welcome", path: "/welcome#no-such-link" },
    { name: "pricing", path: "/pricing" },
  ],
  newcomer: [
    { name: "dashboard-empty", path: "/dashboard" },
    { name: "predictions-empty", path: "/predictions" },
    { name: "models-empty", path: "/models" },
    { name: "settings-plan-trial", path: "/settings/plan" },
    { name: "menu-trial", path: "/dashboard", act: press("Open the menu"), width: PHONE, view: true },
  ],
  owner: [
    { name: "dashboard", path: "/dashboard" },
    { name: "dashboard-filters", path: "/dashboard", act: press(/^Filters/), width: PHONE, view: true },
    { name: "dashboard-filter-menu", path: "/dashboard", act: press("Plan"), width: 1280, view: true },
    { name: "dashboard-filtered", path: "/dashboard?risk=high" },
    { name: "dashboard-no-match", path: "/dashboard?search=nobody" },
    { name: "dashboard-export", path: "/dashboard", act: press("Export"), view: true },
    { name: "dashboard-help", path: "/dashboard", act: press("More on: Revenue at risk"), view: true },
    { name: "menu", path: "/dashboard", act: press("Open the menu"), width: PHONE, view: true },
    { name: "account", path: "/dashboard", act: press(/^Account of/), view: true, covers: true },
    { name: "upload", path: "/upload" },
    { name: "upload-chosen", path: "/upload", act: inTurn(choose(given.files.november), (page) => page.getByText("Options").click()) },
    {
      name: "upload-columns",
      path: "/upload",
      act: inTurn(choose(given.files.november), press("Check the columns first")),
    },
    { name: "predictions", path: "/predictions" },
    { name: "prediction", path: paths.prediction },
    { name: "prediction-failed", path: paths.failed },
    { name: "customer", path: paths.customer, act: wholeDrawer, view: true },
    { name: "customer-what-if", path: paths.customer, act: inTurn(wholeDrawer, tryOut), view: true },
    { name: "report", path: paths.report },
    { name: "questions", path: paths.questions },
    { name: "models", path: "/models" },
    { name: "model", path: paths.model },
    { name: "model-baseline", path: paths.baseline },
    { name: "training", path: paths.training },
    { name: "train", path: "/models/train" },
    { name: "settings", path: "/settings" },
    { name: "settings-people", path: "/settings/people" },
    { name: "settings-keys", path: "/settings/keys" },
    { name: "settings-columns", path: "/settings/columns" },
    { name: "settings-risk-levels", path: "/settings/risk-levels" },
    { name: "settings-plan", path: "/settings/plan" },
    { name: "not-found", path: "/no-such-page" },
  ],
};

const wanted = (name) => !given.only || given.only.includes(name);

async function take(page, { name, path, act, view, covers }, file) {
  await page.setViewportSize({ ...page.viewportSize(), height: HEIGHT });
  await page.goto(path);
  await still(page);
  await act?.(page);
  if (view) await still(page);
  else await grow(page, page.locator("html"));
  await page.screenshot({ path: file });
  if (given.audit && !covers) wrong.push(...(await faults(page)).map((fault) => `${file.split("/").at(-1)}: ${fault}`));
  step(`${name}: ${file.split("/").at(-1)}`);
}

async function asWhom(who, page, context) {
  await context.clearCookies();
  const account = given.accounts[who];
  if (account) await signIn(page, "/", account);
}

for (const scheme of SCHEMES) {
  for (const width of [PHONE, 1280]) {
    await inBrowser(
      async (page, context) => {
        for (const [who, pictures] of Object.entries(PICTURES)) {
          const due = pictures.filter((each) => (each.width ?? width) === width && wanted(each.name));
          if (due.length === 0) continue;
          await asWhom(who, page, context);
          for (const each of due) await take(page, each, `${given.folder}/${each.name}-${width}-${scheme}.png`);
        }
      },
      { scheme, width, allowed: [/Failed to load resource/] },
    );
  }
}

/** Of the guide: what a window shows, finer than it is. */
const GUIDE = [
  { name: "dashboard", path: "/dashboard" },
  { name: "upload", path: "/upload", act: choose(given.files.november) },
  { name: "questions", path: paths.questions },
  { name: "customer", path: paths.customer, act: openDrawer },
  { name: "report", path: paths.report },
  { name: "model", path: paths.model },
];

for (const [screen, pictures] of [
  [{ width: 1280 }, GUIDE],
  [{ width: 390, isMobile: true, hasTouch: true }, [{ name: "phone", path: "/dashboard" }]],
]) {
  const due = pictures.filter((each) => wanted(`guide-${each.name}`));
  if (due.length === 0) continue;
  await inBrowser(
    async (page, context) => {
      await asWhom("owner", page, context);
      for (const each of due) await take(page, { ...each, view: true }, `${given.guide}/${each.name}.png`);
    },
    { ...screen, deviceScaleFactor: 1.5, allowed: [/Failed to load resource/] },
  );
}
check(wrong.length === 0, wrong.join("\n"));
