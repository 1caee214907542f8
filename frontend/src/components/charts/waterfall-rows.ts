/** From a customer's reasons to the rows of a waterfall. */

/** One reason. impact: what it adds to the probability, as a fraction. value: the customer's own, in words. */
export interface Reason {
  label: string;
  value: string | null;
  impact: number;
}

/** A reason's bar, from one probability to another. */
export interface WaterfallRow extends Reason {
  from: number;
  to: number;
}

/** Impacts are kept in single precision. */
const TOLERANCE = 1e-3;

/** The reasons, greatest first, each beginning where the one before ended; beyond `rowsMax` the smallest are one row.
 *  Throws where base and impacts do not make the output: a picture of that would lie. */
export function waterfallRows(
  base: number,
  reasons: readonly Reason[],
  output: number,
  rowsMax = 8,
): WaterfallRow[] {
  const sum = reasons.reduce((total, reason) => total + reason.impact, base);
  if (Math.abs(sum - output) > TOLERANCE) {
    throw new Error(
      `the reasons add up to ${sum.toFixed(4)}, and the prediction is ${output.toFixed(4)}`,
    );
  }
  const sorted = reasons
    .filter((reason) => reason.impact !== 0)
    .sort((one, other) => Math.abs(other.impact) - Math.abs(one.impact));
  const folds = sorted.length > rowsMax;
  const shown = folds ? sorted.slice(0, rowsMax - 1) : sorted;
  const rest = sorted.slice(shown.length);
  const rows = folds ? [...shown, folded(rest)] : shown;
  let reached = base;
  return rows.map((reason) => {
    const from = reached;
    reached += reason.impact;
    return { ...reason, from, to: reached };
  });
}

function folded(rest: readonly Reason[]): Reason {
  const impact = rest.reduce((total, reason) => total + reason.impact, 0);
  return { label: `${rest.length} other reasons`, value: null, impact };
}
