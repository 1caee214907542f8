import { ArrowRight } from "lucide-react";
import type { components } from "@/api/schema";
import { ChartCard } from "@/components/chart-card";
import { columnTitle, columnWords } from "@/lib/columns";
import { Confidence } from "./columns-card";

type Derivation = components["schemas"]["Derivation"];

/** What was computed from the file's columns, each with its proof. Nothing where nothing was. */
export function DerivationsCard({ derivations }: { derivations: Derivation[] }) {
  if (derivations.length === 0) return null;
  return (
    <ChartCard
      title="What was worked out"
      help="Figures that your file does not hold and that follow from it, each with the rule and real cells of your file as the proof."
    >
      <ul className="flex flex-col divide-y divide-line">
        {derivations.map((each) => (
          <li key={each.canonical} className="py-4 text-sm first:pt-0 last:pb-0">
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="font-medium">{columnTitle(each.canonical)}</span>
              <span className="text-muted">
                from <span className="break-all">{each.columns.join(", ")}</span>:{" "}
                {columnWords(each.rule)}
              </span>
              <Confidence confidence={each.confidence} />
            </p>
            <p className="mt-1 text-muted">{each.evidence}.</p>
            {each.examples.length > 0 && (
              <ul className="mt-2 flex flex-col gap-1" aria-label="Examples">
                {each.examples.map((example, place) => (
                  <li key={place} className="flex flex-wrap items-center gap-2">
                    <code className="rounded-sm bg-sunken px-1.5 py-0.5 break-all">
                      {example.before.map((cell) => cell || "empty").join(" · ")}
                    </code>
                    <ArrowRight aria-label="gives" size={14} className="shrink-0 text-muted" />
                    <code className="rounded-sm bg-sunken px-1.5 py-0.5 break-all">
                      {example.after || "nothing"}
                    </code>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </ChartCard>
  );
}
