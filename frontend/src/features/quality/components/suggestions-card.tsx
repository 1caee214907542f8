import { ListChecks, Users } from "lucide-react";
import type { components } from "@/api/schema";
import { ChartCard } from "@/components/chart-card";
import { Tag } from "@/components/tag";
import { plainSentence } from "@/lib/columns";
import { plural } from "@/lib/format";
import { worthInPoints } from "../words";

type Suggestion = components["schemas"]["Suggestion"];

/** What to do, in the order of what it is worth. */
export function SuggestionsCard({ suggestions }: { suggestions: Suggestion[] }) {
  return (
    <ChartCard
      title="What to do first"
      help="In the order of what each would give back to the score. Where a repair could be tried with the model, it also says how many customers' risk level it could change."
    >
      {suggestions.length === 0 ? (
        <p className="text-sm text-muted">
          Nothing that we can see: this file is as good as it gets.
        </p>
      ) : (
        <ol className="flex flex-col gap-4">
          {suggestions.map((each, place) => (
            <li key={`${each.check} ${place}`} className="flex gap-3 text-sm">
              <span
                aria-hidden
                className="flex size-6 shrink-0 items-center justify-center rounded-full bg-brand-tint text-xs font-semibold text-brand"
              >
                {place + 1}
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
                      could change the risk level of {plural(each.levels_changed, "customer")}
                    </Tag>
                  )}
                </p>
              </div>
            </li>
          ))}
        </ol>
      )}
    </ChartCard>
  );
}
