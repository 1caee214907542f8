import { Histogram } from "@/components/charts/histogram";
import { formatPercent, plural } from "@/lib/format";
import type { Bin } from "../filters";
import type { Summary } from "../scope";

interface Props {
  summary: Summary;
  chosen: Bin[];
  onChoose: (bin: Bin) => void;
}

/** How likely customers are to stay; a bar is a filter. */
export function RetentionHistogram({ summary, chosen, onChoose }: Props) {
  const bins = summary.retention_histogram.map(({ lower, upper, customers }) => ({
    lower,
    upper,
    count: customers,
  }));
  return (
    <Histogram
      title="Customers by retention probability"
      axisTitle="Predicted retention probability (%)"
      sentence={sentenceOf(bins)}
      bins={bins}
      chosen={chosen.map(Number)}
      onChoose={(place) => onChoose(String(place) as Bin)}
    />
  );
}

function sentenceOf(bins: { lower: number; upper: number; count: number }[]): string {
  const fullest = bins.reduce((one, other) => (other.count > one.count ? other : one));
  const unlikely = bins.reduce((sum, bin) => (bin.lower < 0.5 ? sum + bin.count : sum), 0);
  if (fullest.count === 0) return "No customers to show.";
  const range = `${formatPercent(fullest.lower, 0)} and ${formatPercent(fullest.upper, 0)}`;
  return `The largest group, ${plural(fullest.count, "customer")}, has a probability of staying between ${range}; ${plural(unlikely, "customer")} in all would more likely leave than stay.`;
}
