import type { Plugin } from "vite";

/** Begins every built style sheet with the order of the layers. The bundler may put a widget's sheet before the one
 *  that declares the order, and the layer that a browser meets first is the weakest. */
export function layered(order: readonly string[]): Plugin {
  const declaration = `@layer ${order.join(",")};`;
  return {
    name: "retainwise:layered",
    apply: "build",
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === "asset" && file.fileName.endsWith(".css")) {
          file.source = `${declaration}${file.source}`;
        }
      }
    },
  };
}
