/** A customer's values in words. */

import { closedPercents, formatCents, formatNumber } from "@/lib/format";

/** "43" of "days" as "43 days"; "1" of "months" as "1 month"; what is no number stays as it is. */
export function withUnit(value: string, unit: string): string {
  const bare = Number(value.replaceAll(",", ""));
  if (!unit || value.trim() === "" || Number.isNaN(bare)) return closedPercents(value);
  switch (unit) {
    case "currency units per month":
      return `${value} a month`;
    case "percent":
      return `${value}%`;
    case "currency units":
    case "score":
      return value;
    default: {
      const [noun = "", ...rest] = unit.replace("per month", "a month").split(" ");
      return [value, bare === 1 ? noun.replace(/s$/, "") : noun, ...rest].join(" ");
    }
  }
}

/** A number of a lever, with its unit. */
export function inUnit(value: number, unit: string): string {
  const money = unit.startsWith("currency units") && !Number.isInteger(value);
  return withUnit(money ? formatCents(value) : formatNumber(value), unit);
}
