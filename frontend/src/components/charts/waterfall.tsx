import { useElementSize } from "@mantine/hooks";
import { scaleLinear } from "@visx/scale";
import { formatPercent, formatPoints } from "@/lib/format";
import { ChartTable } from "./chart-table";
import { type Reason, type WaterfallRow, waterfallRows } from "./waterfall-rows";

interface Props {
  /** Probability of leaving of the typical customer, 0 to 1. */
  base: number;
  /** base + all impacts = output. */
  reasons: readonly Reason[];
  /** This customer's probability of leaving, 0 to 1. */
  output: number;
}

const NARROW = 440;
const BAR = 20;
const TIP = 6;
const NUMBER_WIDTH = 48;
const CHARACTER = 6.3;
const AXIS = 44;
/** Keeps grid lines from crossing out the words that stand on them. */
const HALO = "stroke-surface [paint-order:stroke]";

/** Why a score is what it is: from the typical customer, reason by reason, to this one. */
export function Waterfall({ base, reasons, output }: Props) {
  const { ref, width } = useElementSize();
  const rows = waterfallRows(base, reasons, output);
  const narrow = width < NARROW;
  const left = narrow ? 8 : Math.min(230, width * 0.38);
  const rowHeight = narrow ? 48 : 31;
  const height = rowHeight * (rows.length + 2) + AXIS;

  const reached = [base, output, ...rows.flatMap((row) => [row.from, row.to])];
  const x = scaleLinear<number>({
    domain: spread(Math.min(...reached), Math.max(...reached)),
    range: [left + 8, Math.max(left + 8, width - NUMBER_WIDTH)],
  });
  const middle = (row: number) =>
    rowHeight * row + (narrow ? rowHeight - BAR / 2 - 4 : rowHeight / 2);
  const last = rows.length + 1;

  return (
    <>
      <div ref={ref} className="w-full" style={{ height }}>
        {width > 0 && (
          <svg
            role="img"
            aria-label={sentenceOf(base, rows, output)}
            width={width}
            height={height}
            className="block"
          >
            {x.ticks(narrow ? 3 : 5).map((tick) => (
              <g key={tick}>
                <line x1={x(tick)} x2={x(tick)} y1={4} y2={height - AXIS} className="stroke-line" />
                <text
                  x={x(tick)}
                  y={height - AXIS + 16}
                  textAnchor="middle"
                  className="fill-muted text-[11px]"
                >
                  {formatPercent(tick, 0)}
                </text>
              </g>
            ))}
            <text
              x={(left + width - NUMBER_WIDTH) / 2}
              y={height - 6}
              textAnchor="middle"
              className="fill-muted text-[11px]"
            >
              Predicted churn probability
            </text>
            <line
              x1={x(base)}
              x2={x(base)}
              y1={4}
              y2={height - AXIS}
              strokeDasharray="3 3"
              className="stroke-control"
            />
            <End
              y={middle(0)}
              x={x(base)}
              label="Typical customer"
              value={base}
              {...{ narrow, left }}
            />
            {rows.map((row, place) => (
              <g key={row.label + String(place)}>
                <RowLabel reason={row} y={middle(place + 1)} {...{ narrow, left, width }} />
                {!narrow && (
                  <line
                    x1={x(row.to)}
                    x2={x(row.to)}
                    y1={middle(place + 1) + BAR / 2}
                    y2={middle(place + 2) - BAR / 2}
                    className="stroke-control"
                  />
                )}
                <path
                  d={arrow(x(row.from), x(row.to), middle(place + 1))}
                  className={row.impact > 0 ? "fill-raises" : "fill-lowers"}
                />
                <text
                  x={Math.max(x(row.from), x(row.to)) + 6}
                  y={middle(place + 1)}
                  dy="0.35em"
                  className="fill-ink text-xs font-semibold"
                >
                  {formatPoints(row.impact)}
                </text>
              </g>
            ))}
            <End
              y={middle(last)}
              x={x(output)}
              label="This customer"
              value={output}
              strong
              {...{ narrow, left }}
            />
          </svg>
        )}
      </div>
      <ul className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-xs text-muted">
        <li className="flex items-center gap-1.5">
          <span aria-hidden className="text-raises">
            ▶
          </span>{" "}
          raises the risk of leaving
        </li>
        <li className="flex items-center gap-1.5">
          <span aria-hidden className="text-lowers">
            ◀
          </span>{" "}
          lowers it
        </li>
      </ul>
      <ChartTable
        caption="What adds up to this customer's probability of leaving"
        columns={["Reason", "Points", "Reached"]}
        rows={[
          ["Typical customer", "", formatPercent(base)],
          ...rows.map((row) => [inWords(row), formatPoints(row.impact), formatPercent(row.to)]),
          ["This customer", "", formatPercent(output)],
        ]}
      />
    </>
  );
}

interface EndProps {
  x: number;
  y: number;
  label: string;
  value: number;
  strong?: boolean;
  narrow: boolean;
  left: number;
}

/** The first or the last row: a dot where the probability stands. */
function End({ x, y, label, value, strong, narrow, left }: EndProps) {
  return (
    <g>
      <text
        x={narrow ? 0 : left - 8}
        y={narrow ? y - 19 : y}
        dy="0.35em"
        textAnchor={narrow ? "start" : "end"}
        className={`${HALO} fill-ink text-xs font-medium`}
        strokeWidth={4}
      >
        {label}
      </text>
      <circle cx={x} cy={y} r={5} className={strong ? "fill-ink" : "fill-muted"} />
      <text x={x + 11} y={y} dy="0.35em" className="fill-ink text-xs font-semibold">
        {formatPercent(value)}
      </text>
    </g>
  );
}

interface RowLabelProps {
  reason: Reason;
  y: number;
  narrow: boolean;
  left: number;
  width: number;
}

/** "Tenure = 3 months", cut where it would not fit; the table has all of it. */
function RowLabel({ reason, y, narrow, left, width }: RowLabelProps) {
  const room = Math.floor((narrow ? width : left - 8) / CHARACTER);
  const label = cut(reason.label, room);
  const value =
    reason.value && room - label.length > 5 ? cut(reason.value, room - label.length - 3) : null;
  return (
    <text
      x={narrow ? 0 : left - 8}
      y={narrow ? y - 19 : y}
      dy="0.35em"
      textAnchor={narrow ? "start" : "end"}
      className={`${HALO} fill-ink text-xs`}
      strokeWidth={4}
    >
      {label}
      {value && <tspan className="fill-muted"> = {value}</tspan>}
      <title>{inWords(reason)}</title>
    </text>
  );
}

function inWords(reason: Reason): string {
  return reason.value ? `${reason.label} = ${reason.value}` : reason.label;
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, Math.max(1, length - 1)).trimEnd()}…`;
}

/** A bar whose end points to where it leads. */
function arrow(from: number, to: number, y: number): string {
  const tip = Math.min(TIP, Math.abs(to - from)) * Math.sign(to - from);
  const top = y - BAR / 2;
  return `M${from} ${top}H${to - tip}L${to} ${y}L${to - tip} ${top + BAR}H${from}Z`;
}

/** Some room at both sides, and never less than ten points, or a difference of nothing would fill the chart. */
function spread(lowest: number, highest: number): [number, number] {
  const missing = Math.max(0, 0.1 - (highest - lowest)) / 2;
  const room = (highest - lowest) * 0.04;
  return [Math.max(0, lowest - missing - room), Math.min(1, highest + missing + room)];
}

function sentenceOf(base: number, rows: WaterfallRow[], output: number): string {
  const reasons = rows.map((row) => `${inWords(row)} ${formatPoints(row.impact)}`).join(", ");
  return `From the typical customer's ${formatPercent(base)} probability of leaving to this customer's ${formatPercent(output)}, in points: ${reasons || "no reasons"}.`;
}
