/** Which of a customer's columns can be tried out, and how far a slider goes. */

import type { Lever, Simulation, Value } from "./queries";

/** What the company can change, the one that moves this customer's risk most first. */
export function triedFirst({ levers, impacts }: Simulation): Lever[] {
  const sizes = new Map(impacts.map((bar) => [bar.feature, Math.abs(bar.impact_before)]));
  const size = (lever: Lever) => sizes.get(lever.feature) ?? 0;
  return levers.filter((lever) => lever.actionable).sort((one, other) => size(other) - size(one));
}

export interface Slide {
  min: number;
  max: number;
  step: number;
}

/** From where nearly all customers are to where they are, with this one within, in steps that a key press may take. */
export function slideOf(lever: Lever, value: Value | null): Slide {
  const here = typeof value === "number" ? [value] : [];
  const seen = [lever.low, lever.typical, lever.high, ...here].filter((each) => each !== null);
  const ends = [lever.minimum, lever.maximum].filter((each) => each !== null);
  const known = seen.length > 0 ? seen : ends;
  const [lowest, highest] = [Math.min(...known), Math.max(...known)];
  const step = Math.max(lever.step ?? 0, roundStep((highest - lowest) / 100));
  const min = Math.max(lever.minimum ?? -Infinity, floor(lowest, step));
  const max = Math.min(lever.maximum ?? Infinity, Math.max(ceil(highest, step), min + 4 * step));
  return { min, max, step };
}

/** The nearest 1, 2 or 5 of a power of ten that is not smaller. */
function roundStep(size: number): number {
  if (!(size > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(size));
  const digit = size / power;
  return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
}

function floor(value: number, step: number): number {
  return tidy(Math.floor(value / step + 1e-9) * step);
}

function ceil(value: number, step: number): number {
  return tidy(Math.ceil(value / step - 1e-9) * step);
}

/** Without the crumbs of binary fractions. */
export function tidy(value: number): number {
  return Number(value.toFixed(6));
}
