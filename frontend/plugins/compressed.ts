import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const COMPRESSIBLE = /\.(js|css|svg|txt|json|webmanifest)$/;
const BYTES_MIN = 1024;

/** Lays a .br and a .gz beside each built text file, so that the gateway compresses nothing while it serves.
 *  index.html is left out: the gateway writes a nonce into it for each answer. */
export function compressed(): Plugin {
  let folder = "dist";
  return {
    name: "retainwise:compressed",
    apply: "build",
    configResolved(config) {
      folder = config.build.outDir;
    },
    async closeBundle() {
      for (const path of await files(folder)) {
        const bytes = COMPRESSIBLE.test(path) ? await readFile(path) : Buffer.alloc(0);
        if (bytes.length < BYTES_MIN) continue;
        const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
        await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes, brotli));
        await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
      }
    },
  };
}

async function files(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if ((await stat(path)).isDirectory()) found.push(...(await files(path)));
    else found.push(path);
  }
  return found;
}
