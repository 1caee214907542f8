import { Wrench } from "lucide-react";
import { ChartTable } from "@/components/charts/chart-table";
import { formatPoints, plural, sentenceCase } from "@/lib/format";
import type { Summary } from "../scope";

const SHOWN = 6;

type Driver = Summary["drivers"][number];

interface Props {
  drivers: Driver[];
  /** Whether there is room for two columns. */
  wide: boolean;
}

/** What moves the risk most, over all chosen customers. */
export function Drivers({ drivers, wide }: Props) {
  if (drivers.length === 0) {
    return (
      <p className="py-10 text-center text-sm text-muted">
        There are no reasons to show for these customers.
      </p>
    );
  }
  const strongest = Math.max(...drivers.map((driver) => driver.mean_impact_abs));
  const shown = drivers.slice(0, SHOWN);
  return (
    <>
      <div role="img" aria-label={sentenceOf(shown)}>
        <ol className={`grid gap-x-10 gap-y-3.5 ${wide ? "md:grid-cols-2" : ""}`}>
          {shown.map((driver) => (
            <li key={driver.feature}>
              <div className="flex items-baseline justify-between gap-3 text-sm">
                <span className="flex min-w-0 items-baseline gap-1.5 font-medium">
                  <span className="truncate">{sentenceCase(driver.title)}</span>
                  {driver.actionable && (
                    <Wrench aria-hidden size={12} className="shrink-0 translate-y-px text-muted" />
                  )}
                </span>
                <span className="shrink-0 font-semibold">
                  {points(driver.mean_impact_abs)}
                  <span className="font-normal text-muted"> pts</span>
                </span>
              </div>
              <div className="mt-1.5 h-2 overflow-hidden rounded-full bg-line">
                <div
                  className="h-full animate-grow-right rounded-full bg-neutral-mark"
                  style={{ width: `${(100 * driver.mean_impact_abs) / strongest}%` }}
                />
              </div>
              <p className="mt-1 text-xs text-muted">
                raises the risk of {plural(driver.customers, "customer")}
              </p>
            </li>
          ))}
        </ol>
      </div>
      <p className="mt-4 flex items-center gap-1.5 text-xs text-muted">
        <Wrench aria-hidden size={12} className="shrink-0" /> Something you can change
      </p>
      <ChartTable
        caption="What moves the risk, over these customers"
        columns={["Driver", "Points, mean", "Raises the risk of", "Can be changed"]}
        rows={drivers.map((driver) => [
          sentenceCase(driver.title),
          points(driver.mean_impact_abs),
          plural(driver.customers, "customer"),
          driver.actionable ? "yes" : "no",
        ])}
      />
    </>
  );
}

/** A size, so without a sign. */
function points(share: number): string {
  return formatPoints(share).replace("+", "");
}

function sentenceOf(drivers: Driver[]): string {
  const said = drivers.map((driver) => `${driver.title} ${points(driver.mean_impact_abs)}`);
  return `What moves the risk of leaving most, in mean percentage points: ${said.join(", ")}.`;
}
