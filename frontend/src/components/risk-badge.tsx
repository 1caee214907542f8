import { ArrowDown, TriangleAlert, CircleAlert } from "lucide-react";

export type RiskLevel = "high" | "medium" | "low";

export const RISK_LEVELS: readonly RiskLevel[] = ["high", "medium", "low"];

export const RISK_WORDS: Record<RiskLevel, string> = { high: "High", medium: "Medium", low: "Low" };

const ICONS = { high: TriangleAlert, medium: CircleAlert, low: ArrowDown };

const TINTS: Record<RiskLevel, string> = {
  high: "bg-high-tint text-high",
  medium: "bg-medium-tint text-medium",
  low: "bg-low-tint text-low",
};

/** How likely a customer is to leave: icon, word and tint, as colour alone tells nothing to many. */
export function RiskBadge({ level }: { level: RiskLevel }) {
  const Icon = ICONS[level];
  return (
    <span
      className={`inline-flex items-center gap-1 rounded-full px-2 py-0.5 text-xs font-semibold whitespace-nowrap ${TINTS[level]}`}
    >
      <Icon aria-hidden size={12} strokeWidth={2.25} className="shrink-0" />
      {RISK_WORDS[level]}
    </span>
  );
}
