import { Button, NativeSelect } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { ChevronDown, SearchX } from "lucide-react";
import { memo, useEffect, useRef } from "react";
import { EmptyState } from "@/components/empty-state";
import { InfoTip } from "@/components/info-tip";
import { Skeleton } from "@/components/skeleton";
import { formatCount } from "@/lib/format";
import { useGrowing } from "@/lib/use-growing";
import { useKept } from "@/lib/use-kept";
import type { Sort, useView } from "../filters";
import { PAGE_SIZE, useCustomers } from "../queries";
import { type Scope, scopeKey } from "../scope";
import { CustomerList } from "./customer-list";
import { CustomersTable } from "./customers-table";
import { Loaded } from "./loaded";
import { Pager } from "./pager";

/** As many as a screen shows. */
const ROWS_FIRST = 12;

const SORTS: { value: Sort; label: string }[] = [
  { value: "-probability", label: "Most likely to leave" },
  { value: "probability", label: "Least likely to leave" },
  { value: "-revenue_at_risk", label: "Most revenue at risk" },
  { value: "-expected_saved_revenue", label: "Most to save" },
  { value: "customer_id", label: "Customer id" },
];

interface Props extends ReturnType<typeof useView> {
  scope: Scope;
}

/** Who they are, 50 at a time: a table, or a list where a table has no room. It draws itself anew only when what it is
 *  about changes, as its rows are the most that there is to draw. */
export const CustomersCard = memo(function CustomersCard({
  scope,
  view,
  set,
  clear,
  count,
}: Props) {
  const wide = useMediaQuery("(min-width: 62em)", undefined, { getInitialValueInEffect: false });
  const query = useCustomers(scope, view);
  const { data, stale } = useKept(query, scopeKey(scope));
  const rows = useGrowing(data?.customers, ROWS_FIRST);
  const pages = data ? Math.max(1, Math.ceil(data.total / PAGE_SIZE)) : 1;

  // A page of an address that was kept, or of a filter that left more, may be beyond the last.
  useEffect(() => {
    if (!stale && data && view.page > pages) set({ page: pages }, { replace: true });
  }, [stale, data, view.page, pages, set]);

  const top = useRef<HTMLElement>(null);
  const turn = (page: number) => {
    set({ page });
    top.current?.scrollIntoView();
  };

  return (
    <section
      ref={top}
      aria-labelledby="customers"
      className="scroll-mt-18 overflow-hidden rounded-card border border-line bg-surface"
    >
      <div className="flex flex-wrap items-center justify-between gap-3 px-4 py-4 sm:px-5">
        <div className="flex items-center gap-2">
          <h2 id="customers" className="text-sm font-semibold">
            Customers
          </h2>
          <InfoTip about="Customers">
            The chance of leaving has its interval below: nine times in ten the true chance lies in
            it. Revenue at risk is the monthly revenue times that chance. The action is the one that
            is expected to save most, with the chance before and after it, by the model's estimate.
          </InfoTip>
        </div>
        {!wide && (
          <NativeSelect
            aria-label="Sort by"
            data={SORTS}
            value={view.sort}
            onChange={({ currentTarget }) => set({ sort: currentTarget.value as Sort })}
            rightSection={<ChevronDown aria-hidden size={16} className="text-muted" />}
            className="w-full xs:w-60"
          />
        )}
      </div>
      <Loaded
        what="The customers"
        data={data}
        stale={stale}
        error={query.error}
        onRetry={() => void query.refetch()}
        skeleton={<RowsSkeleton />}
      >
        {({ customers, total, page }) =>
          total === 0 ? (
            <EmptyState
              icon={SearchX}
              title={count > 0 ? "No customers match" : "No customers"}
              action={count > 0 && <Button onClick={clear}>Clear all</Button>}
            >
              {count > 0
                ? "No customer fits all of these filters."
                : "This file has no customers that could be scored."}
            </EmptyState>
          ) : (
            <>
              {wide ? (
                <CustomersTable
                  customers={rows}
                  scope={scope}
                  sort={view.sort}
                  onSort={(sort) => set({ sort })}
                />
              ) : (
                <CustomerList customers={rows} scope={scope} />
              )}
              <div className="flex flex-wrap items-center justify-between gap-2 border-t border-line px-4 py-2 sm:px-5">
                <p className="py-2 text-sm text-muted">
                  {formatCount((page - 1) * PAGE_SIZE + 1)}–
                  {formatCount((page - 1) * PAGE_SIZE + customers.length)} of {formatCount(total)}
                </p>
                <Pager page={view.page} pages={pages} onPage={turn} />
              </div>
            </>
          )
        }
      </Loaded>
    </section>
  );
});

function RowsSkeleton() {
  return (
    <div role="status" aria-label="Loading the customers" className="border-t border-line">
      {Array.from({ length: 10 }, (_, place) => (
        <div key={place} className="flex h-16 items-center gap-6 border-b border-line px-4 sm:px-5">
          <Skeleton className="h-4 w-28" />
          <Skeleton className="h-4 w-16" />
          <Skeleton className="h-4 flex-1" />
        </div>
      ))}
    </div>
  );
}
