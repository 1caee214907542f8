import { formatCount, plural } from "@/lib/format";
import { ChartTable } from "./chart-table";
import { ColumnsPlot } from "./columns-plot";

export interface Bin {
  /** Bounds as shares of 0 to 1: lower belongs to the bin, upper to the next one, but for the last. */
  lower: number;
  upper: number;
  count: number;
}

interface Props {
  title: string;
  /** The whole chart in a sentence, for those who do not see it. */
  sentence: string;
  bins: Bin[];
  /** Below the axis, with its unit. */
  axisTitle: string;
  height?: number;
  /** Places of the bins that are chosen; none: all look alike. */
  chosen?: readonly number[];
  /** Makes the bins buttons. */
  onChoose?: (place: number) => void;
}

/** How many customers fall into each range of a share. */
export function Histogram({ title, sentence, bins, axisTitle, height = 230, ...rest }: Props) {
  const { chosen = [], onChoose } = rest;
  const columns = bins.map((bin, place) => ({
    key: String(place),
    label: `${percent(bin.lower)}–${percent(bin.upper)}`,
    value: bin.count,
    fill: "fill-neutral-mark",
    tip: `${percent(bin.lower)}–${percent(bin.upper)}%: ${plural(bin.count, "customer")}`,
  }));
  return (
    <>
      <ColumnsPlot
        columns={columns}
        sentence={sentence}
        height={height}
        gap={0.08}
        axisTitle={axisTitle}
        chosen={chosen.map(String)}
        onChoose={onChoose && ((key) => onChoose(Number(key)))}
      />
      <ChartTable
        caption={title}
        columns={[axisTitle, "Customers"]}
        rows={bins.map((bin) => [
          `${percent(bin.lower)}–${percent(bin.upper)}`,
          formatCount(bin.count),
        ])}
      />
    </>
  );
}

function percent(share: number): number {
  return Math.round(share * 100);
}
