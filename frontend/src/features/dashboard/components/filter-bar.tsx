import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { SlidersHorizontal } from "lucide-react";
import { useId } from "react";
import { RISK_LEVELS, RISK_WORDS, type RiskLevel } from "@/components/risk-badge";
import { planTitle } from "@/lib/plans";
import { type Bin, toggled, type useView } from "../filters";
import { usePlans } from "../queries";
import type { Scope, Summary } from "../scope";
import { ChoiceFilter } from "./choice-filter";
import { FilterChip } from "./filter-chip";
import { SearchBox } from "./search-box";
import { UploadFilter } from "./upload-filter";

const RISK_LOOKS: Record<RiskLevel, string> = {
  high: "border-high bg-high-tint text-high",
  medium: "border-medium bg-medium-tint text-medium",
  low: "border-low bg-low-tint text-low",
};

const RISK_DOTS: Record<RiskLevel, string> = {
  high: "bg-high-mark",
  medium: "bg-medium-mark",
  low: "bg-low-mark",
};

interface Props extends ReturnType<typeof useView> {
  scope: Scope;
  summary: Summary | undefined;
}

/** Chooses the customers that every number and chart below it is about. On a phone all but the search is behind a
 *  button. */
export function FilterBar({ view, set, clear, count, scope, summary }: Props) {
  const [opened, { toggle }] = useDisclosure(false);
  const id = useId();
  const plans = usePlans(scope, summary, count > 0);
  const hidden = count - (view.search ? 1 : 0);
  return (
    <section
      aria-label="Filters"
      data-print="hide"
      className="mb-5 flex flex-wrap items-center gap-2 sm:gap-3"
    >
      <div className="min-w-0 flex-1 basis-32 sm:max-w-64">
        <SearchBox value={view.search} onChange={(search) => set({ search }, { replace: true })} />
      </div>
      <Button
        variant="default"
        className="sm:hidden!"
        aria-expanded={opened}
        aria-controls={id}
        leftSection={<SlidersHorizontal aria-hidden size={16} />}
        onClick={toggle}
      >
        Filters{hidden > 0 && ` (${hidden})`}
      </Button>
      <div
        id={id}
        className={`${opened ? "flex" : "hidden"} basis-full flex-wrap items-center gap-2 sm:flex sm:basis-auto`}
      >
        <div role="group" aria-label="Risk" className="flex flex-wrap gap-2">
          {RISK_LEVELS.map((level) => (
            <FilterChip
              key={level}
              pressed={view.risk.includes(level)}
              look={RISK_LOOKS[level]}
              onClick={() => set({ risk: toggled(view.risk, level) })}
            >
              <span aria-hidden className={`size-2 rounded-full ${RISK_DOTS[level]}`} />
              {RISK_WORDS[level]}
            </FilterChip>
          ))}
        </div>
        <ChoiceFilter
          name="Plan"
          several="plans"
          options={plans && optionsOf(plans, view.plan)}
          chosen={view.plan}
          onChange={(plan) => set({ plan })}
        />
        <ChoiceFilter
          name="Retention"
          several="ranges"
          options={summary?.retention_histogram.map((bin, place) => ({
            value: String(place) as Bin,
            label: `${Math.round(100 * bin.lower)}–${Math.round(100 * bin.upper)}%`,
            customers: bin.customers,
          }))}
          chosen={view.retention}
          onChange={(retention) => set({ retention })}
        />
        {scope.kind === "latest" && (
          <UploadFilter
            from={view.from}
            to={view.to}
            first={summary?.uploads?.first_at}
            last={summary?.uploads?.last_at}
            onChange={set}
          />
        )}
      </div>
      {count > 0 && (
        <button
          type="button"
          onClick={clear}
          className="min-h-11 cursor-pointer rounded-md px-2 text-sm font-medium text-brand hover:underline"
        >
          Clear all
        </button>
      )}
    </section>
  );
}

/** The plans to choose from. What is chosen stays among them, with no customers, when the other filters leave none. */
function optionsOf(plans: Summary["plans"], chosen: string[]) {
  const absent = chosen.filter((plan) => !plans.some((each) => each.plan === plan));
  return [...plans, ...absent.map((plan) => ({ plan, customers: 0 }))].map(
    ({ plan, customers }) => ({ value: plan, label: planTitle(plan), customers }),
  );
}
