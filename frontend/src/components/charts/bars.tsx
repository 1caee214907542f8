import { formatCount } from "@/lib/format";
import { ChartTable } from "./chart-table";
import { type Column, ColumnsPlot } from "./columns-plot";

export interface Bar extends Omit<Column, "tip"> {
  /** In the tooltip; the label and the number where absent. */
  tip?: string;
}

interface Props {
  /** What the bars count: "Customers by risk". */
  title: string;
  /** The whole chart in a sentence, for those who do not see it. */
  sentence: string;
  bars: Bar[];
  /** Keys of the bars that are chosen; none: all look alike. */
  chosen?: readonly string[];
  /** Makes the bars buttons. */
  onChoose?: (key: string) => void;
  height?: number;
}

/** A few bars with their numbers on top. */
export function Bars({ title, sentence, bars, chosen, onChoose, height = 230 }: Props) {
  const columns = bars.map((bar) => ({
    ...bar,
    tip: bar.tip ?? `${bar.label}: ${formatCount(bar.value)}`,
  }));
  return (
    <>
      <ColumnsPlot
        columns={columns}
        sentence={sentence}
        height={height}
        gap={0.35}
        widthMax={64}
        labelled
        chosen={chosen}
        onChoose={onChoose}
      />
      <ChartTable
        caption={title}
        columns={["", "Customers"]}
        rows={bars.map((bar) => [bar.label, formatCount(bar.value)])}
      />
    </>
  );
}
