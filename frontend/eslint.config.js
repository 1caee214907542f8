import { readdirSync } from "node:fs";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const features = readdirSync(new URL("./src/features", import.meta.url));

const noFeature = {
  group: ["@/features/*", "**/features/*"],
  message: "Shared code knows no feature.",
};
const noApp = { group: ["@/app/*", "**/app/*"], message: "Only src/main.tsx may import the app." };
const noBarrel = {
  group: ["**/index", "@/*/index"],
  message: "No barrels: import the file itself.",
};

/** The way imports may point: shared (api, auth, components, lib) -> features -> app. */
const direction = [
  {
    files: ["src/{api,auth,components,lib}/**/*.{ts,tsx}"],
    rules: { "no-restricted-imports": ["error", { patterns: [noFeature, noApp, noBarrel] }] },
  },
  ...features.map((feature) => ({
    files: [`src/features/${feature}/**/*.{ts,tsx}`],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            noApp,
            noBarrel,
            {
              regex: `(@/features/|\\.\\./)(${features.filter((other) => other !== feature).join("|") || "$^"})(/|$)`,
              message:
                "No feature imports another: lift what both need into components, lib or api.",
            },
          ],
        },
      ],
    },
  })),
  {
    files: ["src/app/**/*.{ts,tsx}"],
    rules: { "no-restricted-imports": ["error", { patterns: [noBarrel] }] },
  },
];

export default tseslint.config(
  { ignores: ["dist", "coverage", "src/api/schema.d.ts"] },
  ...tseslint.configs.recommended,
  {
    plugins: { "react-hooks": reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      "no-console": "error",
      eqeqeq: "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/consistent-type-imports": "error",
    },
  },
  ...direction,
);
