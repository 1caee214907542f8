/** What the plans hold, in a person's words. */

import type { components } from "@/api/schema";

export type Plan = components["schemas"]["services__gateway__routes__plans__Plan"];
export type Feature = Plan["features"][number];

/** What every plan has. */
export const ALWAYS = [
  "Upload from any billing or CRM tool",
  "Predictions with reasons and actions",
  "Quality report of every file",
  "Export to CSV",
];

export const FEATURES: Record<Feature, string> = {
  dashboard: "Dashboard over all your uploads",
  filters: "Filters on every number and chart",
  excel: "Export to Excel",
  api_keys: "API keys for your programs",
  own_models: "Models of your own",
};

/** "starter" as "Starter", for where only the id is known. */
export function planTitle(id: string): string {
  return id.charAt(0).toUpperCase() + id.slice(1);
}
