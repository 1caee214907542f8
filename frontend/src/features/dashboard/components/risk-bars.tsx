import { Bars } from "@/components/charts/bars";
import { RISK_LEVELS, RISK_WORDS, type RiskLevel } from "@/components/risk-badge";
import { formatCount, formatPercent } from "@/lib/format";
import type { Summary } from "../scope";

const FILLS: Record<RiskLevel, string> = {
  high: "fill-high-mark",
  medium: "fill-medium-mark",
  low: "fill-low-mark",
};

interface Props {
  summary: Summary;
  chosen: RiskLevel[];
  onChoose: (level: RiskLevel) => void;
}

/** How many customers are at which risk; a bar is a filter. */
export function RiskBars({ summary, chosen, onChoose }: Props) {
  const { by_risk: counts, customers } = summary;
  const bars = RISK_LEVELS.map((level) => ({
    key: level,
    label: RISK_WORDS[level],
    value: counts[level],
    fill: FILLS[level],
    tip: `${RISK_WORDS[level]} risk: ${formatCount(counts[level])} (${formatPercent(customers > 0 ? counts[level] / customers : 0)})`,
  }));
  return (
    <Bars
      title="Customers by risk"
      sentence={`Customers by risk: ${RISK_LEVELS.map((level) => `${formatCount(counts[level])} ${level}`).join(", ")}.`}
      bars={bars}
      chosen={chosen}
      onChoose={(key) => onChoose(key as RiskLevel)}
    />
  );
}
