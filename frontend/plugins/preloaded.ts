import type { HtmlTagDescriptor, Plugin, Rollup } from "vite";

/** Names in index.html what the first paint needs but no static import leads to: the font, and the code of the
 *  pages that most visits begin with (`modules`, as paths that end a module's id). */
export function preloaded({ font, modules }: { font: RegExp; modules: string[] }): Plugin {
  return {
    name: "retainwise:preloaded",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(_html, { bundle }): HtmlTagDescriptor[] {
        const made = Object.values(bundle ?? {});
        const fonts = made.filter((file) => font.test(file.fileName)).map((file) => file.fileName);
        const chunks = made.filter(
          (file): file is Rollup.OutputChunk =>
            file.type === "chunk" &&
            modules.some((module) => file.facadeModuleId?.endsWith(module)),
        );
        if (fonts.length === 0) throw new Error(`no built file fits ${font}: nothing to preload`);
        return [
          ...fonts.map((name) =>
            link({ rel: "preload", as: "font", type: "font/woff2", href: `/${name}` }),
          ),
          ...chunks.map((chunk) => link({ rel: "modulepreload", href: `/${chunk.fileName}` })),
        ];
      },
    },
  };
}

function link(attrs: Record<string, string>): HtmlTagDescriptor {
  return { tag: "link", attrs: { ...attrs, crossorigin: true }, injectTo: "head" };
}
