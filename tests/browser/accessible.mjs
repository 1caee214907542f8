// Every page at every width, light and dark: axe (WCAG 2.2 AA), targets, sideways scrolling, the console.

import { SCHEMES, WIDTHS, faults, inBrowser, settled, signIn } from "./browser.mjs";
import { check, given, step } from "./steps.mjs";

const wrong = [];
for (const scheme of SCHEMES) {
  await inBrowser(
    async (page) => {
      if (given.email) await signIn(page);
      for (const path of given.paths) {
        await page.goto(path);
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 900 });
          await settled(page);
          step(`${path} at ${width}, ${scheme}`);
          wrong.push(...(await faults(page)).map((fault) => `${path} at ${width}, ${scheme}: ${fault}`));
        }
      }
    },
    { scheme, allowed: (given.allowed ?? []).map((pattern) => new RegExp(pattern)) },
  );
}
check(wrong.length === 0, wrong.join("\n"));
