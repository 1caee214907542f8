import { Check as Tick } from "lucide-react";
import { ChartCard } from "@/components/chart-card";
import { Disclosure } from "@/components/disclosure";
import { Tag } from "@/components/tag";
import { plainSentence } from "@/lib/columns";
import { formatCount, formatPercent, plural } from "@/lib/format";
import { type Check, costInPoints, LAYERS, SEVERITIES } from "../words";

/** Every check: those that found something, with what and where; the others folded away. */
export function ChecksCard({ checks }: { checks: Check[] }) {
  const found = checks
    .filter((check) => !check.passed)
    .sort((left, right) => right.cost - left.cost || right.count - left.count);
  const passed = checks.filter((check) => check.passed);
  const layers = [...new Set(passed.map((check) => check.layer))];
  return (
    <ChartCard
      title="Checks"
      help="Each is asked of every row. Rows are named by their number in your file; no value of a customer is shown."
    >
      <p className="text-sm text-muted">
        {passed.length} of {checks.length} checks found nothing.
      </p>
      {found.length > 0 && (
        <ul className="mt-3 flex flex-col divide-y divide-line">
          {found.map((check) => (
            <Found key={check.id} check={check} />
          ))}
        </ul>
      )}
      {passed.length > 0 && (
        <Disclosure summary={`The ${plural(passed.length, "check")} that found nothing`}>
          {layers.map((layer) => (
            <div key={layer} className="mt-3">
              <h3 className="font-semibold">{LAYERS[layer] ?? layer}</h3>
              <ul className="mt-1 grid gap-x-6 gap-y-1 md:grid-cols-2">
                {passed
                  .filter((check) => check.layer === layer)
                  .map((check) => (
                    <li key={check.id} className="flex gap-2 text-muted">
                      <Tick aria-hidden size={16} className="mt-0.5 shrink-0 text-low" />
                      <span className="min-w-0 break-words">{plainSentence(check.message)}</span>
                    </li>
                  ))}
              </ul>
            </div>
          ))}
        </Disclosure>
      )}
    </ChartCard>
  );
}

function Found({ check }: { check: Check }) {
  const { word, tone, icon } = SEVERITIES[check.severity];
  const effect = effectOf(check);
  return (
    <li className="flex flex-col gap-1.5 py-4 text-sm first:pt-2 last:pb-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Tag tone={tone} icon={icon}>
          {word}
        </Tag>
        {check.count > 0 && (
          <span className="text-muted">
            {plural(check.count, "row")} ({formatPercent(check.share)})
          </span>
        )}
        {check.cost > 0 && (
          <span className="ml-auto font-medium text-medium">{costInPoints(check.cost)} points</span>
        )}
      </div>
      <p className="break-words">{plainSentence(check.message)}</p>
      {check.advice && <p className="break-words text-muted">{plainSentence(check.advice)}</p>}
      {effect && <p className="text-muted">{effect}</p>}
      {(check.rows.length > 0 || (check.file_columns ?? []).length > 0) && (
        <p className="text-xs break-words text-muted">
          {check.rows.length > 0 &&
            `First ${check.rows.length === 1 ? "row" : "rows"} in your file: ${check.rows.join(", ")}. `}
          {(check.file_columns ?? []).length > 0 &&
            `Your file calls it ${check.file_columns?.join(", ")}.`}
        </p>
      )}
    </li>
  );
}

/** What mending would change, as the model sees it. */
function effectOf({ repair_effect: effect }: Check): string | null {
  if (!effect) return null;
  const changed = effect.raised + effect.lowered;
  if (changed === 0) {
    return `Mending ${plural(effect.customers, "cell")} would change nobody's risk level.`;
  }
  return `Mending ${plural(effect.customers, "cell")} could change the risk level of ${plural(changed, "customer")}: ${formatCount(effect.raised)} up, ${formatCount(effect.lowered)} down.`;
}
