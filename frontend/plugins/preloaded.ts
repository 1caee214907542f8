import type { HtmlTagDescriptor, Plugin, Rollup } from "vite";

/** Stands in the script of index.html for the files of each page. */
const PAGE_FILES = "__PAGE_FILES__";

interface Options {
  /** Fits the file name of the one font of the first paint. */
  font: RegExp;
  /** By kind of address, the modules that a page of it begins with, as paths that end a module's id. The script in
   *  index.html knows which address is of which kind. */
  pages: Record<string, string[]>;
}

/** Names in index.html what the first paint needs but no static import leads to: the font, and the code of the page
 *  that was asked for, which a browser would otherwise learn of when the application is already running. */
export function preloaded({ font, pages }: Options): Plugin {
  return {
    name: "retainwise:preloaded",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle }) {
        if (!bundle) return html.replace(PAGE_FILES, "{}");
        const made = Object.values(bundle);
        const chunks = made.filter((file): file is Rollup.OutputChunk => file.type === "chunk");
        const files = Object.fromEntries(
          Object.entries(pages).map(([address, modules]) => [
            address,
            filesOf(modules, chunks).filter((name) => !html.includes(name)),
          ]),
        );
        return {
          html: afterTheLook(html.replace(PAGE_FILES, JSON.stringify(files))),
          tags: fontLinks(font, made),
        };
      },
    },
  };
}

/** Scripts come after the style sheet: a phone that shares its line between both shows nothing for longer. */
function afterTheLook(html: string): string {
  return html.replace(
    /<(script type="module"|link rel="modulepreload")/g,
    '<$1 fetchpriority="low"',
  );
}

function fontLinks(font: RegExp, made: { fileName: string }[]): HtmlTagDescriptor[] {
  const names = made.map((file) => file.fileName).filter((name) => font.test(name));
  if (names.length === 0) throw new Error(`no built file fits ${font}: nothing to preload`);
  return names.map((name) => ({
    tag: "link",
    attrs: { rel: "preload", as: "font", type: "font/woff2", href: `/${name}`, crossorigin: true },
    injectTo: "head",
  }));
}

/** The chunks of the modules and all that they import, each once, and then their style sheets. */
function filesOf(modules: string[], chunks: Rollup.OutputChunk[]): string[] {
  const found = new Set<string>();
  const sheets = new Set<string>();
  const gather = (name: string) => {
    if (found.has(name)) return;
    found.add(name);
    const chunk = chunks.find((each) => each.fileName === name);
    chunk?.viteMetadata?.importedCss.forEach((sheet) => sheets.add(sheet));
    chunk?.imports.forEach(gather);
  };
  for (const module of modules) {
    const page = chunks.find((chunk) => chunk.facadeModuleId?.endsWith(module));
    if (!page) throw new Error(`no built chunk begins with ${module}: nothing to preload`);
    gather(page.fileName);
  }
  return [...found, ...sheets].map((name) => `/${name}`);
}
