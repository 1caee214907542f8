import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { SlidersHorizontal, X } from "lucide-react";
import { useId } from "react";
import { RISK_LEVELS, RISK_WORDS, type RiskLevel } from "@/components/risk-badge";
import { toggled, type useView } from "../filters";
import type { Scope, Summary } from "../scope";
import { FilterChip } from "./filter-chip";
import { PlanFilter } from "./plan-filter";
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
  const hidden = count - (view.search ? 1 : 0);
  return (
    <section
      aria-label="Filters"
      data-print="hide"
      className="mb-5 flex flex-wrap items-center gap-2 sm:gap-3"
    >
      <div className="min-w-0 flex-1 basis-40 sm:max-w-72">
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
        <PlanFilter plans={summary?.plans} chosen={view.plan} onChange={(plan) => set({ plan })} />
        {scope.kind === "latest" && (
          <UploadFilter
            from={view.from}
            to={view.to}
            first={summary?.uploads?.first_at}
            last={summary?.uploads?.last_at}
            onChange={set}
          />
        )}
        {view.retention.map((bin) => (
          <FilterChip
            key={bin}
            pressed
            look="border-brand bg-brand-tint text-brand"
            onClick={() => set({ retention: toggled(view.retention, bin) })}
          >
            Retention {binWords(Number(bin))}
            <X aria-hidden size={14} />
          </FilterChip>
        ))}
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

function binWords(bin: number): string {
  return `${bin * 10}–${(bin + 1) * 10}%`;
}
