import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** Fails a build whose first load (document, scripts, styles, as gzip sends them) is more than `bytesMax` for any of
 *  the addresses that index.html names files for. */
export function budget({ bytesMax }: { bytesMax: number }): Plugin {
  let folder = "dist";
  return {
    name: "retainwise:budget",
    apply: "build",
    configResolved(config) {
      folder = config.build.outDir;
    },
    closeBundle() {
      const document = readFileSync(join(folder, "index.html"), "utf8");
      const always = [...document.matchAll(/(?:href|src)="(\/assets\/[^"]+\.(?:js|css))"/g)];
      const pages = JSON.parse(/var files = (\{.*?\});/s.exec(document)?.[1] ?? "{}") as Record<
        string,
        string[]
      >;
      const size = (path: string) =>
        gzipSync(readFileSync(join(folder, path)), { level: 9 }).length;
      for (const [address, files] of Object.entries(pages)) {
        const all = new Set([...always.map(([, path]) => path ?? ""), ...files, "/index.html"]);
        const bytes = [...all].reduce((sum, path) => sum + size(path), 0);
        if (bytes > bytesMax) {
          const said = `${Math.ceil(bytes / 1000)} KB gzipped; at most ${bytesMax / 1000} are allowed`;
          throw new Error(
            `the first load of ${address} is ${said}: load later what it can do without`,
          );
        }
      }
    },
  };
}
