import { api } from "@/api/client";
import type { components } from "@/api/schema";

export interface Sample {
  title: string;
  /** What is in it, in a few words. */
  about: string;
  href: string;
  filename: string;
  /** The day that it describes; "" for the day on which it is sent. */
  snapshotDate: string;
}

/** Every sample there is: one of each industry, then those in the shape of what tools export. */
export function samplesOf(templates: components["schemas"]["Templates"]): Sample[] {
  return [
    ...templates.templates.map((each) => ({
      title: each.title,
      about: `${each.columns} columns, three rows to fill in`,
      href: each.sample,
      filename: `retainwise-${each.industry}.csv`,
      snapshotDate: "",
    })),
    ...templates.tools.map((each) => ({
      title: each.title,
      about: "In the shape of its export, invented customers",
      href: each.sample,
      filename: `retainwise-${each.name}.csv`,
      snapshotDate: each.snapshot_date,
    })),
  ];
}

/** The sample as if it had been chosen from the device. */
export async function fetchSample({ href, filename }: Sample): Promise<File> {
  // The addresses come from the gateway's own list, which the types cannot follow.
  const { data } = await api.GET(href as "/api/templates/tools/{name}", {
    params: { path: { name: "" } },
    parseAs: "blob",
  });
  return new File([data as unknown as Blob], filename, { type: "text/csv" });
}
