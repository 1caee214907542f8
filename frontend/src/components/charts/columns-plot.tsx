import { useElementSize, useMediaQuery } from "@mantine/hooks";
import { scaleBand, scaleLinear } from "@visx/scale";
import { useState } from "react";
import { formatCompact, formatCount } from "@/lib/format";

export interface Column {
  key: string;
  /** Below the column. */
  label: string;
  value: number;
  /** A fill utility, such as "fill-high-mark". */
  fill: string;
  /** In the tooltip, and as the button's name where columns can be chosen. */
  tip: string;
}

interface Props {
  columns: Column[];
  /** The whole chart in a sentence. */
  sentence: string;
  height: number;
  /** Share of a column's room that stays empty, 0 to 1. */
  gap: number;
  widthMax?: number;
  /** Whether each column carries its own number. */
  labelled?: boolean;
  axisTitle?: string;
  /** How values are written where they are no counts: shares, for one. */
  format?: (value: number) => string;
  /** A value that all are to be seen against: a dashed line with its name. */
  reference?: { value: number; label: string };
  chosen?: readonly string[];
  /** Makes the columns buttons, where they are wide enough to be hit. */
  onChoose?: (key: string) => void;
}

const TOP = 22;
const TICKS = 4;
/** Of a character below a column, and between two labels. */
const CHARACTER = 6.8;
const LABEL_GAP = 8;
const SEEN = 2;
/** Below it an axis has its numbers in full: "1,200" and not "1.2K" above "800". */
const COMPACT_FROM = 10_000;
/** The least width of a button for a finger, and for a mouse. */
const TARGET = { coarse: 44, fine: 24 };

/** Upright columns from zero, with horizontal lines only; what Bars and Histogram are made of. */
export function ColumnsPlot({
  columns,
  sentence,
  height,
  gap,
  widthMax = Infinity,
  ...rest
}: Props) {
  const { labelled, axisTitle, format, reference, chosen = [], onChoose } = rest;
  const { ref, width } = useElementSize();
  const finger = useMediaQuery("(pointer: coarse)", false, { getInitialValueInEffect: false });
  const least = finger ? TARGET.coarse : TARGET.fine;
  const [pointed, setPointed] = useState<string | null>(null);

  const values = columns.map((column) => column.value);
  const highest = Math.max(format ? 0.01 : 1, reference?.value ?? 0, ...values);
  const y = scaleLinear<number>({
    domain: [0, highest],
    range: [height - bottomOf(axisTitle), TOP],
  });
  y.nice(TICKS);
  // There is no half customer, but there are shares between two lines.
  const ticks = y.ticks(TICKS).filter((tick) => format || Number.isInteger(tick));
  const tickLabel = format ?? (highest < COMPACT_FROM ? formatCount : formatCompact);
  const left = 12 + 7 * Math.max(...ticks.map((tick) => tickLabel(tick).length));
  const x = scaleBand<string>({
    domain: columns.map((column) => column.key),
    range: [left, Math.max(left, width)],
    paddingInner: gap,
    paddingOuter: gap / 2,
  });
  const barWidth = Math.min(x.bandwidth(), widthMax);
  // Labels that would touch each other are thinned out evenly, the last one stays; the table has them all.
  const labelWidth = CHARACTER * Math.max(0, ...columns.map((column) => column.label.length));
  const every = Math.max(1, Math.ceil((labelWidth + LABEL_GAP) / Math.max(1, x.step())));
  const base = y(0);
  // What is there is seen, however small.
  const top = (value: number) => Math.min(y(value), value > 0 ? base - SEEN : base);
  const centre = (key: string) => (x(key) ?? 0) + x.bandwidth() / 2;
  const shown = columns.find((column) => column.key === pointed);

  return (
    <div ref={ref} className="relative w-full" style={{ height }}>
      {width > 0 && (
        <svg role="img" aria-label={sentence} width={width} height={height} className="block">
          {ticks.map((tick) => (
            <g key={tick}>
              <line
                x1={left}
                x2={width}
                y1={y(tick)}
                y2={y(tick)}
                className={tick === 0 ? "stroke-control" : "stroke-line"}
              />
              <text
                x={left - 8}
                y={y(tick)}
                dy="0.32em"
                textAnchor="end"
                className="fill-muted text-[11px]"
              >
                {tickLabel(tick)}
              </text>
            </g>
          ))}
          {columns.map((column, place) => (
            <g key={column.key}>
              <rect
                x={centre(column.key) - barWidth / 2}
                y={top(column.value)}
                width={barWidth}
                height={base - top(column.value)}
                rx={2}
                className={`${column.fill} animate-grow-up transition-opacity ${
                  chosen.length > 0 && !chosen.includes(column.key) ? "opacity-35" : ""
                } ${pointed === column.key ? "opacity-80" : ""}`}
              />
              {labelled && (
                <text
                  x={centre(column.key)}
                  y={y(column.value) - 7}
                  textAnchor="middle"
                  className="fill-ink text-xs font-semibold"
                >
                  {(format ?? formatCount)(column.value)}
                </text>
              )}
              {(columns.length - 1 - place) % every === 0 && (
                <text
                  x={Math.min(centre(column.key), width - labelWidth / 2)}
                  y={base + 18}
                  textAnchor="middle"
                  className="fill-muted text-[11px]"
                >
                  {column.label}
                </text>
              )}
            </g>
          ))}
          {reference && (
            <g>
              <line
                x1={left}
                x2={width}
                y1={y(reference.value)}
                y2={y(reference.value)}
                strokeDasharray="4 3"
                className="stroke-ink"
              />
              <text
                x={width}
                y={y(reference.value) - 6}
                textAnchor="end"
                className="fill-ink text-[11px] font-medium"
              >
                {reference.label}
              </text>
            </g>
          )}
          {axisTitle && (
            <text
              x={(left + width) / 2}
              y={height - 4}
              textAnchor="middle"
              className="fill-muted text-[11px]"
            >
              {axisTitle}
            </text>
          )}
        </svg>
      )}
      {width > 0 &&
        columns.map((column) => {
          const place = {
            left: centre(column.key) - x.step() / 2,
            width: x.step(),
            top: TOP,
            height: height - TOP,
          };
          const pointing = {
            onPointerEnter: () => setPointed(column.key),
            onPointerLeave: () => setPointed(null),
          };
          return onChoose && x.step() >= least ? (
            <button
              key={column.key}
              type="button"
              aria-label={column.tip}
              aria-pressed={chosen.includes(column.key)}
              className="absolute cursor-pointer rounded-md"
              style={place}
              onClick={() => onChoose(column.key)}
              onFocus={() => setPointed(column.key)}
              onBlur={() => setPointed(null)}
              {...pointing}
            />
          ) : (
            <div key={column.key} aria-hidden className="absolute" style={place} {...pointing} />
          );
        })}
      {shown && <Tip x={centre(shown.key)} y={y(shown.value)} width={width} text={shown.tip} />}
    </div>
  );
}

/** A note above a column that never leaves the chart. */
function Tip({ x, y, width, text }: { x: number; y: number; width: number; text: string }) {
  const shift = x < width / 4 ? "0%" : x > (3 * width) / 4 ? "-100%" : "-50%";
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute z-10 w-max max-w-56 rounded-md bg-ink px-2.5 py-1.5 text-xs text-surface"
      style={{ left: x, top: y, transform: `translate(${shift}, calc(-100% - 8px))` }}
    >
      {text}
    </div>
  );
}

function bottomOf(axisTitle: string | undefined): number {
  return axisTitle ? 46 : 28;
}
