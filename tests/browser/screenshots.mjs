// Pictures of every page at 320 and 1280 px, light and dark, for somebody to look at; and those of the user guide.

import { SCHEMES, inBrowser, settled, signIn } from "./browser.mjs";
import { given, step } from "./steps.mjs";

for (const scheme of SCHEMES) {
  for (const width of [320, 1280]) {
    await inBrowser(
      async (page) => {
        for (const [name, path] of Object.entries(given.pages)) {
          if (name === "dashboard") await signIn(page);
          await page.goto(path);
          await settled(page);
          await page.screenshot({ path: `${given.folder}/${name}-${width}-${scheme}.png`, fullPage: !/customer/.test(name) });
          step(`${name} at ${width}, ${scheme}`);
        }
      },
      { scheme, width, allowed: [/Failed to load resource/] },
    );
  }
}
