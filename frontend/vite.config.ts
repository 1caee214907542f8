import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { compressed } from "./plugins/compressed.ts";
import { preloaded } from "./plugins/preloaded.ts";

/** Where `npm run dev` sends what is not a page's: a product started by `make up`. */
const GATEWAY = process.env.RETAINWISE_URL ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    preloaded({
      font: /inter-latin-wght-normal-.*\.woff2$/,
      modules: [],
    }),
    compressed(),
  ],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: { host: "127.0.0.1", proxy: { "/api": GATEWAY, "/docs": GATEWAY } },
  build: { target: "es2022", assetsInlineLimit: 0, reportCompressedSize: false },
  test: {
    environment: "jsdom",
    environmentOptions: { jsdom: { url: "http://retainwise.test" } },
    globals: true,
    setupFiles: ["src/testing/setup.ts"],
    css: false,
    restoreMocks: true,
    testTimeout: 20_000,
  },
});
