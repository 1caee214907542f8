import { useElementSize } from "@mantine/hooks";
import { scaleLinear, scalePoint } from "@visx/scale";
import { formatDate, formatPercent } from "@/lib/format";

interface Score {
  prediction_id: string;
  uploaded_at: string;
  probability: number;
  probability_low: number | null;
  probability_high: number | null;
}

interface Props {
  /** The first upload first; at least two. */
  scores: Score[];
  /** The prediction that the drawer shows. */
  here: string;
  /** The whole chart in a sentence. */
  sentence: string;
}

const HEIGHT = 170;
const TOP = 24;
const BOTTOM = 26;
const LEFT = 44;
const RIGHT = 28;
const LABEL_WIDTH = 120;

/** A line over uploads, evenly spaced, with the interval as a band; all of the scale from nothing to everything. */
export function HistoryPlot({ scores, here, sentence }: Props) {
  const { ref, width } = useElementSize();
  const x = scalePoint<number>({
    domain: scores.map((_, place) => place),
    range: [LEFT + 8, Math.max(LEFT + 8, width - RIGHT)],
  });
  const y = scaleLinear<number>({ domain: [0, 1], range: [HEIGHT - BOTTOM, TOP] });
  const at = (place: number) => x(place) ?? 0;
  const every = Math.max(1, Math.ceil(LABEL_WIDTH / Math.max(1, x.step())));
  const last = scores.length - 1;

  const line = path(scores.map(({ probability }, place) => [at(place), y(probability)]));
  const banded = scores.flatMap(({ probability_low: low, probability_high: high }, place) =>
    low === null || high === null ? [] : [{ x: at(place), low: y(low), high: y(high) }],
  );
  const band = path([
    ...banded.map((each): [number, number] => [each.x, each.high]),
    ...banded.toReversed().map((each): [number, number] => [each.x, each.low]),
  ]);

  return (
    <div ref={ref} className="w-full" style={{ height: HEIGHT }}>
      {width > 0 && (
        <svg role="img" aria-label={sentence} width={width} height={HEIGHT} className="block">
          {[0, 0.5, 1].map((tick) => (
            <g key={tick}>
              <line
                x1={LEFT}
                x2={width}
                y1={y(tick)}
                y2={y(tick)}
                className={tick === 0 ? "stroke-control" : "stroke-line"}
              />
              <text
                x={LEFT - 8}
                y={y(tick)}
                dy="0.32em"
                textAnchor="end"
                className="fill-muted text-[11px]"
              >
                {formatPercent(tick, 0)}
              </text>
            </g>
          ))}
          {banded.length > 1 && <path d={`${band}Z`} className="fill-neutral-mark opacity-15" />}
          <path d={line} className="fill-none stroke-neutral-mark" strokeWidth={2} />
          {scores.map((score, place) => (
            <g key={score.prediction_id}>
              <circle
                cx={at(place)}
                cy={y(score.probability)}
                r={score.prediction_id === here ? 5 : 3.5}
                className={`stroke-surface ${score.prediction_id === here ? "fill-ink" : "fill-neutral-mark"}`}
                strokeWidth={1.5}
              >
                <title>{`${formatDate(score.uploaded_at)}: ${formatPercent(score.probability)}`}</title>
              </circle>
              {(last - place) % every === 0 && (
                <>
                  <text
                    x={at(place)}
                    y={y(score.probability) - 10}
                    textAnchor={anchor(place, last)}
                    className="fill-ink text-xs font-semibold"
                  >
                    {formatPercent(score.probability)}
                  </text>
                  <text
                    x={at(place)}
                    y={HEIGHT - 8}
                    textAnchor={anchor(place, last)}
                    className="fill-muted text-[11px]"
                  >
                    {formatDate(score.uploaded_at)}
                  </text>
                </>
              )}
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}

function path(points: readonly (readonly number[])[]): string {
  return points.map(([x, y], place) => `${place === 0 ? "M" : "L"}${x} ${y}`).join("");
}

/** The first and the last keep their words inside of the chart. */
function anchor(place: number, last: number): "start" | "middle" | "end" {
  return place === 0 ? "start" : place === last ? "end" : "middle";
}
