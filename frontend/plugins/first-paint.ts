import { type Plugin, type ResolvedConfig, runnerImport } from "vite";

/** Stands in index.html for what is shown before the application runs. */
const FIRST_PAINT = "<!-- first paint -->";

/** Draws the page's frame into index.html: `module` exports `firstPaint()`, which gives its HTML. While developing the
 *  place stays empty, as the application is there at once. */
export function firstPaint({ module }: { module: string }): Plugin {
  let config: ResolvedConfig;
  return {
    name: "retainwise:first-paint",
    apply: "build",
    configResolved(resolved) {
      config = resolved;
    },
    async transformIndexHtml(html) {
      if (!html.includes(FIRST_PAINT)) throw new Error(`index.html has no ${FIRST_PAINT}`);
      const { root, resolve } = config;
      const drawn = await runnerImport<{ firstPaint: () => string }>(module, {
        configFile: false,
        root,
        resolve: { alias: resolve.alias },
        logLevel: "error",
      });
      const markup = drawn.module.firstPaint();
      if (/ style="/.test(markup)) throw new Error("the policy refuses style attributes in HTML");
      return html.replace(FIRST_PAINT, () => markup);
    },
  };
}
