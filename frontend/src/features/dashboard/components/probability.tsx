import type { RiskLevel } from "@/components/risk-badge";
import { formatPercent, formatPercentRange } from "@/lib/format";

const BANDS: Record<RiskLevel, string> = {
  high: "bg-high-mark",
  medium: "bg-medium-mark",
  low: "bg-low-mark",
};

interface Props {
  probability: number | null;
  low: number | null;
  high: number | null;
  level: RiskLevel | null;
}

/** A chance of leaving, with the interval that it lies in nine times of ten, in figures and drawn. */
export function Probability({ probability, low, high, level }: Props) {
  const band = BANDS[level ?? "low"];
  const range = formatPercentRange(low, high);
  return (
    <span className="block">
      <span className="flex items-center gap-3">
        <span className="w-13 shrink-0 font-medium">{formatPercent(probability)}</span>
        <span aria-hidden className="relative h-1.5 w-20 shrink-0 rounded-full bg-line">
          {low !== null && high !== null && (
            <span
              className={`absolute inset-y-0 rounded-full opacity-40 ${band}`}
              style={{ left: percent(low), right: percent(1 - high) }}
            />
          )}
          {probability !== null && (
            <span
              className={`absolute top-1/2 size-2.5 -translate-x-1/2 -translate-y-1/2 rounded-full border-2 border-surface ${band}`}
              style={{ left: percent(probability) }}
            />
          )}
        </span>
      </span>
      {range && <span className="block text-xs text-muted">{range}</span>}
    </span>
  );
}

function percent(share: number): string {
  return `${100 * share}%`;
}
