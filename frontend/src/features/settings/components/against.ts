import type { Problem } from "@/api/problem";

/** What the gateway says against one field of the body. */
export function against(problem: Problem | null, field: string): string | undefined {
  return problem?.fields.find((each) => each.field === `body.${field}`)?.message;
}
