import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { budget } from "./plugins/budget.ts";
import { compressed } from "./plugins/compressed.ts";
import { firstPaint } from "./plugins/first-paint.ts";
import { preloaded } from "./plugins/preloaded.ts";

/** Where `npm run dev` sends what is not a page's: a product started by `make up`. */
const GATEWAY = process.env.RETAINWISE_URL ?? "http://127.0.0.1:8000";

/** Scripts alone: a style sheet that comes before styles.css would put its layer below the browser's own look. */
const WIDGETS = /(@mantine|@floating-ui|react-remove-scroll).*\.m?js$/;

/** Of widgets that nobody sees before a click: they come with whatever opens them. */
const DIALOGS =
  /@mantine\/core.*\/(Drawer|Modal|ModalBase|ScrollArea)\/|react-remove-scroll|use-sidecar/;

/** Small parts of pages: no chart, which brings its scales along, and nothing that opens a dialog. */
const SHARED =
  /lucide-react|\/src\/(api|auth|lib|components\/(?!file-drop|confirm|show-once)[a-z-]+\.tsx?)/;

const DASHBOARD = "features/dashboard/dashboard-page.tsx";

export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    firstPaint({ module: "/src/app/first-paint.tsx" }),
    preloaded({
      font: /inter-latin-wght-normal-.*\.woff2$/,
      pages: {
        "/": [DASHBOARD],
        "/dashboard": [DASHBOARD],
        "/upload": ["features/upload/upload-page.tsx"],
        "/predictions": ["features/predictions/predictions-page.tsx"],
        "/predictions/*": ["features/predictions/prediction-gate.tsx", DASHBOARD],
        "/predictions/*/customers/*": ["features/customer/customer-drawer.tsx"],
        "/sign-in": ["features/account/sign-in-page.tsx"],
      },
    }),
    compressed(),
    budget({ bytesMax: 250_000 }),
  ],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: { host: "127.0.0.1", proxy: { "/api": GATEWAY, "/docs": GATEWAY } },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // What several pages share would become thirty files of a kilobyte each; a visit is quicker with one.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "dialogs", test: DIALOGS, minShareCount: 2, priority: 1 },
            {
              name: "widgets",
              test: WIDGETS,
              minShareCount: 2,
            },
            { name: "shared", test: SHARED, minShareCount: 2 },
          ],
          includeDependenciesRecursively: false,
        },
      },
    },
  },
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
