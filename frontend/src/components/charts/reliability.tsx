import { useElementSize } from "@mantine/hooks";
import { scaleLinear } from "@visx/scale";
import { useState } from "react";
import { formatCount, formatPercent } from "@/lib/format";
import { ChartTable } from "./chart-table";

export interface ReliabilityGroup {
  /** Mean probability that was stated, 0-1. */
  stated: number;
  /** Share that did leave, 0-1. */
  seen: number;
  rows: number;
}

interface Props {
  title: string;
  groups: ReliabilityGroup[];
  height?: number;
}

const MARGIN = { top: 12, right: 20, bottom: 44, left: 48 };
const TICKS = 4;

/** Of 95 times in 100: how far chance alone can move the share of a group. */
const NORMAL_95 = 1.96;

/** What was stated against what was seen: groups on the diagonal keep their word. */
export function Reliability({ title, groups, height = 280 }: Props) {
  const { ref, width } = useElementSize();
  const [pointed, setPointed] = useState<number | null>(null);

  const spans = groups.map(({ seen, rows }) => byChance(seen, rows));
  const highest = Math.min(
    1,
    Math.max(0.02, ...groups.map((group) => group.stated), ...spans.map((span) => span[1])),
  );
  const right = Math.max(MARGIN.left, width - MARGIN.right);
  const x = scaleLinear<number>({ domain: [0, highest], range: [MARGIN.left, right], nice: TICKS });
  const y = scaleLinear<number>({
    domain: x.domain(),
    range: [height - MARGIN.bottom, MARGIN.top],
  });
  const end = x.domain()[1] ?? 1;
  const shown = pointed === null ? undefined : groups[pointed];

  return (
    <>
      <div ref={ref} className="relative w-full" style={{ height }}>
        {width > 0 && (
          <svg
            role="img"
            aria-label={sentenceOf(groups)}
            width={width}
            height={height}
            className="block"
          >
            {y.ticks(TICKS).map((tick) => (
              <g key={tick}>
                <line
                  x1={MARGIN.left}
                  x2={right}
                  y1={y(tick)}
                  y2={y(tick)}
                  className={tick === 0 ? "stroke-control" : "stroke-line"}
                />
                <text
                  x={MARGIN.left - 8}
                  y={y(tick)}
                  dy="0.32em"
                  textAnchor="end"
                  className="fill-muted text-[11px]"
                >
                  {formatPercent(tick, 0)}
                </text>
                <text
                  x={x(tick)}
                  y={height - MARGIN.bottom + 18}
                  textAnchor="middle"
                  className="fill-muted text-[11px]"
                >
                  {formatPercent(tick, 0)}
                </text>
              </g>
            ))}
            <line
              x1={x(0)}
              y1={y(0)}
              x2={x(end)}
              y2={y(end)}
              strokeDasharray="4 3"
              className="stroke-control"
            />
            {groups.map((group, place) => {
              const [low, high] = spans[place] ?? [group.seen, group.seen];
              return (
                <g key={place}>
                  <line
                    x1={x(group.stated)}
                    x2={x(group.stated)}
                    y1={y(low)}
                    y2={y(high)}
                    strokeWidth={2}
                    className="stroke-neutral-mark opacity-45"
                  />
                  <circle
                    cx={x(group.stated)}
                    cy={y(group.seen)}
                    r={pointed === place ? 6 : 4.5}
                    className="fill-neutral-mark stroke-surface"
                    strokeWidth={1.5}
                  />
                  <circle
                    cx={x(group.stated)}
                    cy={y(group.seen)}
                    r={14}
                    fill="transparent"
                    onPointerEnter={() => setPointed(place)}
                    onPointerLeave={() => setPointed(null)}
                  />
                </g>
              );
            })}
            <text
              x={(MARGIN.left + right) / 2}
              y={height - 4}
              textAnchor="middle"
              className="fill-muted text-[11px]"
            >
              Stated probability of leaving
            </text>
          </svg>
        )}
        {shown && (
          <div
            aria-hidden
            className="pointer-events-none absolute z-10 w-max max-w-56 rounded-md bg-ink px-2.5 py-1.5 text-xs text-surface"
            style={{
              left: x(shown.stated),
              top: y(shown.seen),
              transform: `translate(${shown.stated > end / 2 ? "-100%" : "0%"}, calc(-100% - 10px))`,
            }}
          >
            {told(shown)}
          </div>
        )}
      </div>
      <ChartTable
        caption={title}
        columns={["Stated", "Did leave", "Customers"]}
        rows={groups.map((group) => [
          formatPercent(group.stated),
          formatPercent(group.seen),
          formatCount(group.rows),
        ])}
      />
    </>
  );
}

function told({ stated, seen, rows }: ReliabilityGroup): string {
  return `Of ${formatCount(rows)} said to leave with ${formatPercent(stated)}, ${formatPercent(seen)} did`;
}

function sentenceOf(groups: ReliabilityGroup[]): string {
  return `What was stated against what was seen, for groups of customers from the safest to the riskiest. ${groups.map(told).join("; ")}.`;
}

/** Wilson's interval for a share of `rows`: it stays between 0 and 1, and is honest for few rows.
 *  Source: Wilson (1927). */
function byChance(share: number, rows: number): [number, number] {
  if (rows === 0) return [0, 1];
  const z2 = NORMAL_95 ** 2 / rows;
  const middle = (share + z2 / 2) / (1 + z2);
  const half = (NORMAL_95 / (1 + z2)) * Math.sqrt((share * (1 - share)) / rows + z2 / (4 * rows));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
