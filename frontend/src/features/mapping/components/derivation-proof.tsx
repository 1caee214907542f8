import { ArrowRight } from "lucide-react";
import type { Mapping } from "../decisions";

/** How a field is computed, with rows before and after as its proof. */
export function DerivationProof({ derived }: { derived: Mapping["derived"][number] }) {
  const { columns, rule, parameters, examples } = derived;
  const more = Object.entries(parameters).map(
    ([name, value]) => `${name.replaceAll("_", " ")} ${value}`,
  );
  return (
    <div className="text-xs">
      <p className="text-muted">
        From{" "}
        {columns.map((column, place) => (
          <span key={column}>
            {place > 0 && " and "}
            <span className="font-medium text-ink">{column}</span>
          </span>
        ))}
        : {rule.replaceAll("_", " ")}
        {more.length > 0 && ` (${more.join(", ")})`}
      </p>
      {examples.length > 0 && (
        <ul aria-label="Examples" className="mt-1.5 flex flex-col gap-1">
          {examples.map((example, place) => (
            <li key={place} className="flex flex-wrap items-center gap-1.5 text-muted">
              <span className="rounded bg-sunken px-1.5 py-0.5">
                {example.before.join(" · ") || "empty"}
              </span>
              <ArrowRight aria-label="becomes" size={12} className="shrink-0" />
              <span className="rounded bg-sunken px-1.5 py-0.5 font-medium text-ink">
                {example.after || "nothing"}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
