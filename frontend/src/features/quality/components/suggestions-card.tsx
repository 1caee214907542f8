import { ListChecks, Users } from "lucide-react";
import type { components } from "@/api/schema";
import { ChartCard } from "@/components/chart-card";
import { Disclosure } from "@/components/disclosure";
import { Tag } from "@/components/tag";
import { plainSentence } from "@/lib/columns";
import { plural } from "@/lib/format";
import { worthInPoints } from "../words";

type Suggestion = components["schemas"]["Suggestion"];

const LISTED = 5;

/** What to do, in the order of what it is worth. */
export function SuggestionsCard({ suggestions }: { suggestions: Suggestion[] }) {
  return (
    <ChartCard
      title="What to do first"
      help="In the order of what each would give back to the score. Where a repair could be tried with the model, it also says how many customers' risk level it could change."
    >
      {suggestions.length === 0 ? (
        <p className="text-sm text-muted">
          Nothing that we can see. This file is as good as it gets.
        </p>
      ) : (
        <>
          <List suggestions={suggestions.slice(0, LISTED)} from={1} />
          {suggestions.length > LISTED && (
            <div className="mt-3">
              <Disclosure summary={`${suggestions.length - LISTED} more, worth less`}>
                <div className="mt-2">
                  <List suggestions={suggestions.slice(LISTED)} from={LISTED + 1} />
                </div>
              </Disclosure>
            </div>
          )}
        </>
      )}
    </ChartCard>
  );
}

function List({ suggestions, from }: { suggestions: Suggestion[]; from: number }) {
  return (
    <ol start={from} className="flex flex-col gap-4">
      {suggestions.map((each, place) => (
        <li key={`${each.check} ${place}`} className="flex gap-3 text-sm">
          <span
            aria-hidden
            className="flex size-6 shrink-0 items-center justify-center rounded-full bg-brand-tint text-xs font-semibold text-brand"
          >
            {from + place}
          </span>
          <div className="min-w-0">
            <p className="break-words">{plainSentence(each.message)}</p>
            <p className="mt-1.5 flex flex-wrap gap-2 empty:hidden">
              {worthInPoints(each.worth) && (
                <Tag tone="good" icon={ListChecks}>
                  {worthInPoints(each.worth)}
                </Tag>
              )}
              {!!each.levels_changed && (
                <Tag tone="fair" icon={Users}>
                  could change {plural(each.levels_changed, "risk level")}
                </Tag>
              )}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}
