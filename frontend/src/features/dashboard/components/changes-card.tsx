import { Problem } from "@/api/problem";
import { ArrowDownRight, ArrowUpRight } from "lucide-react";
import type { ReactNode } from "react";
import { ErrorState } from "@/components/error-state";
import { ChartCard } from "@/components/chart-card";
import { Skeleton } from "@/components/skeleton";
import { TextLink } from "@/components/text-link";
import {
  formatCount,
  formatDate,
  formatPercent,
  formatPoints,
  plural,
  sentenceCase,
} from "@/lib/format";
import { predictionPath } from "@/lib/paths";
import { useCustomerLink } from "../customer-link";
import { type Changes, compare, type useChanges } from "../queries";
import { RowLink } from "./row-link";

const MOVERS = 3;

interface Props {
  predictionId: string;
  query: ReturnType<typeof useChanges>;
  /** The later upload's name, where the page around it is not about that one alone. */
  filename?: string;
  /** Whether filters are on: they are not for this card. */
  filtered?: boolean;
  className?: string;
}

/** What changed since the upload before: how the risk moved, why, and whose moved most. */
export function ChangesCard({ predictionId, query, filename, filtered, className }: Props) {
  const { data } = query;
  const changes = data?.comparison.changes;
  const failed = data?.comparison.status === "FAILED";
  const tryAgain = async () => {
    if (data && failed) await compare(predictionId, data.earlier.prediction_id);
    await query.refetch();
  };
  return (
    <ChartCard
      title="What changed"
      help="This upload beside the one before it: how the chance of leaving moved for the customers in both, how much of that came from their data and how much from the model, where that is another or set to another level, and whose moved most."
      className={className}
    >
      {data && (
        <p className="-mt-3 mb-4 text-sm break-words text-muted">
          {filename ? `${filename}, since` : "Since"}{" "}
          <TextLink to={predictionPath(data.earlier.prediction_id)}>
            {data.earlier.filename}
          </TextLink>
          , {formatDate(data.earlier.uploaded_at)}
          {filtered && "; all customers, whatever the filters"}
        </p>
      )}
      {query.isError || failed ? (
        <ErrorState
          title="The comparison could not be made"
          error={query.error ?? failure(data?.comparison.error?.message)}
          onRetry={() => void tryAgain()}
        />
      ) : changes ? (
        <Told changes={changes} predictionId={predictionId} />
      ) : (
        <div role="status" aria-label="Comparing the two uploads" className="flex flex-col gap-3">
          {Array.from({ length: 7 }, (_, place) => (
            <Skeleton key={place} className="h-8 w-full" />
          ))}
        </div>
      )}
    </ChartCard>
  );
}

function Told({ changes, predictionId }: { changes: Changes; predictionId: string }) {
  const rises = changes.rises.filter((each) => each.after > each.before).slice(0, MOVERS);
  const falls = changes.falls.filter((each) => each.after < each.before).slice(0, MOVERS);
  const toHigh = crossed(changes, (level) => level.after === "high" && level.before !== "high");
  const fromHigh = crossed(changes, (level) => level.before === "high" && level.after !== "high");
  return (
    <>
      <p className="text-sm">{sentenceOf(changes)}</p>
      <dl className="mt-4 grid grid-cols-2 gap-x-4 gap-y-3 xs:grid-cols-4">
        <Count label="Now high risk" value={toHigh} />
        <Count label="No longer high" value={fromHigh} />
        <Count label="New customers" value={changes.new} />
        <Count label="No longer listed" value={changes.lost} />
      </dl>
      <Movers
        title="Risk rose most"
        icon={<ArrowUpRight aria-hidden size={14} className="text-raises" />}
        moves={rises}
        {...{ changes, predictionId }}
      />
      <Movers
        title="Risk fell most"
        icon={<ArrowDownRight aria-hidden size={14} className="text-lowers" />}
        moves={falls}
        {...{ changes, predictionId }}
      />
    </>
  );
}

function Count({ label, value }: { label: string; value: number }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="text-base font-semibold">{formatCount(value)}</dd>
    </div>
  );
}

interface MoversProps {
  title: string;
  icon: ReactNode;
  moves: Changes["rises"];
  changes: Changes;
  predictionId: string;
}

function Movers({ title, icon, moves, changes, predictionId }: MoversProps) {
  const linkTo = useCustomerLink({ kind: "prediction", id: predictionId });
  if (moves.length === 0) return null;
  return (
    <>
      <h3 className="mt-4 mb-1 flex items-center gap-1.5 text-xs font-medium text-muted">
        {icon}
        {title}
      </h3>
      <ul>
        {moves.map((move, place) => {
          const link = linkTo(move);
          return (
            <li
              key={move.customer_id ?? place}
              className="relative -mx-2 flex items-center justify-between gap-3 rounded-md px-2 hover:bg-sunken"
            >
              <RowLink link={link} className="min-h-11 min-w-0 flex-1 py-0.5">
                <span className={`block truncate text-sm font-medium ${link ? "text-brand" : ""}`}>
                  {move.customer_name ?? move.customer_id ?? "Without an id"}
                </span>
                <span className="block truncate text-xs text-muted">{causeOf(move, changes)}</span>
              </RowLink>
              <span className="shrink-0 text-right text-sm whitespace-nowrap">
                <span className="text-muted">{formatPercent(move.before)} →</span>{" "}
                <span className="font-semibold">{formatPercent(move.after)}</span>
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function causeOf({ feature }: Changes["rises"][number], { features }: Changes): string {
  if (!feature) return "by the model";
  return sentenceCase(features.find((each) => each.feature === feature)?.title ?? feature);
}

function crossed(changes: Changes, how: (level: Changes["levels"][number]) => boolean): number {
  return changes.levels.reduce((sum, level) => (how(level) ? sum + level.customers : sum), 0);
}

/** "The average chance of leaving rose by 1.2 points: 0.8 from the customers' data, 0.4 from the model." */
export function sentenceOf(changes: Changes): string {
  const { kept, mean_move: move, mean_model_move: model, mean_data_move: data } = changes;
  if (move === null) return "No customer is in both uploads, so there is nothing to compare.";
  const words =
    size(move) === "0.0"
      ? "stayed as it was"
      : `${move > 0 ? "rose" : "fell"} by ${size(move)} points`;
  const over = `over the ${plural(kept, "customer")} in both`;
  const parts =
    changes.same_model || model === null || data === null
      ? ""
      : `: ${formatPoints(data)} from the customers' data, ${formatPoints(model)} from the model`;
  return `The average chance of leaving ${words} ${over}${parts}.`;
}

function size(move: number): string {
  return formatPoints(Math.abs(move)).replace("+", "");
}

function failure(message = "The comparison failed."): Problem {
  return new Problem({ status: 500, code: "Failed", message, requestId: null });
}
