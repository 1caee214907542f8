import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { asProblem } from "@/api/problem";
import { ChartCard } from "@/components/chart-card";
import { ErrorState } from "@/components/error-state";
import { Notice } from "@/components/notice";
import { RiskBadge } from "@/components/risk-badge";
import { Skeleton } from "@/components/skeleton";
import { formatMoney, formatPercentRange, formatPoints, sentenceCase } from "@/lib/format";
import { useKept } from "@/lib/use-kept";
import { triedFirst } from "../levers";
import { type Changed, type Simulation, type Subject, useSimulation, type Value } from "../queries";
import { BeforeAfter } from "./before-after";
import { LeverField } from "./lever-field";

const DELAY_MS = 150;
const SHOWN = 5;

/** Sliders and lists for what the company can change, answered by the model that scored the file. */
export function WhatIfCard({ subject }: { subject: Subject }) {
  const [changes, setChanges] = useState<Changed>({});
  const [all, setAll] = useState(false);
  const [asked] = useDebouncedValue(changes, DELAY_MS);
  const query = useSimulation(subject, asked);
  const { data: simulation, stale } = useKept(query, "what if");
  const levers = simulation ? triedFirst(simulation) : [];
  const tried = Object.keys(changes).length;

  const change = (column: string, value: Value | undefined) => {
    setChanges((now) => {
      const next = { ...now };
      if (value === undefined) delete next[column];
      else next[column] = value;
      return next;
    });
  };

  return (
    <ChartCard
      title="What if"
      help="Move what you could change and see what the model would say. Nothing is stored. It is the model's estimate of what such customers do, no promise that the change causes it."
      action={
        tried > 0 && (
          <Button
            variant="subtle"
            className="-my-3"
            leftSection={<RotateCcw aria-hidden size={14} />}
            onClick={() => setChanges({})}
          >
            Reset
          </Button>
        )
      }
    >
      {!simulation ? (
        query.error ? (
          <ErrorState
            title="What-ifs are not available right now"
            error={query.error}
            onRetry={() => void query.refetch()}
          />
        ) : (
          <WhatIfSkeleton />
        )
      ) : (
        <>
          {query.error ? (
            <Notice level="error" problem={asProblem(query.error)} />
          ) : (
            <Outcome
              simulation={simulation}
              untouched={tried === 0}
              waiting={stale || asked !== changes}
            />
          )}
          <div className="mt-5 flex flex-col gap-4">
            {levers.slice(0, all ? undefined : SHOWN).map((lever) => (
              <LeverField
                key={lever.column}
                lever={lever}
                tried={changes[lever.column]}
                onTry={(value) => change(lever.column, value)}
              />
            ))}
          </div>
          {levers.length > SHOWN && (
            <button
              type="button"
              aria-expanded={all}
              onClick={() => setAll(!all)}
              className="mt-2 min-h-11 cursor-pointer text-sm font-medium text-brand hover:underline"
            >
              {all ? "Show fewer" : `Show all ${levers.length}`}
            </button>
          )}
        </>
      )}
    </ChartCard>
  );
}

interface OutcomeProps {
  simulation: Simulation;
  /** Whether nothing is tried yet. */
  untouched: boolean;
  waiting: boolean;
}

/** What the model says to it. */
function Outcome({ simulation, untouched, waiting }: OutcomeProps) {
  const { before, after, moved } = simulation;
  const { probability_low: low, probability_high: high } = after;
  const along = moved.filter((each) => each.because);
  return (
    <div
      role="status"
      aria-busy={waiting}
      className={`rounded-lg bg-sunken p-4 transition-opacity ${waiting ? "opacity-60 delay-150" : ""}`}
    >
      <BeforeAfter before={before.churn_probability} after={after.churn_probability} />
      <p className="mt-3 flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
        {untouched ? (
          "Change something below, and the model answers at once."
        ) : (
          <>
            <RiskBadge level={after.risk_level} />
            <span>{formatPoints(after.churn_probability - before.churn_probability)} points</span>
            {low !== null && <span>within {formatPercentRange(low, high)}</span>}
            {after.revenue_at_risk !== null && (
              <span>{formatMoney(after.revenue_at_risk)} at risk</span>
            )}
          </>
        )}
      </p>
      {along.map(({ column, because }) => (
        <p key={column} className="mt-2 text-xs text-muted">
          {sentenceCase(because)}
        </p>
      ))}
    </div>
  );
}

function WhatIfSkeleton() {
  return (
    <div role="status" aria-label="Loading the what-ifs">
      <Skeleton className="h-28 w-full rounded-lg!" />
      {Array.from({ length: SHOWN }, (_, place) => (
        <Skeleton key={place} className="mt-4 h-14 w-full" />
      ))}
    </div>
  );
}
