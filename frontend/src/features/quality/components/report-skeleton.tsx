import { ChartCardSkeleton } from "@/components/chart-card";
import { Skeleton } from "@/components/skeleton";

/** The report's shape while it is on its way. */
export function ReportSkeleton() {
  return (
    <div role="status" aria-label="Loading the report">
      <Skeleton className="h-7 w-40" />
      <Skeleton className="mt-2 mb-5 h-4 w-72 max-w-full" />
      <div className="grid gap-4 lg:grid-cols-5 lg:gap-5">
        <ChartCardSkeleton height="h-44" className="lg:col-span-2" />
        <ChartCardSkeleton height="h-44" className="lg:col-span-3" />
        <ChartCardSkeleton height="h-36" className="lg:col-span-2" />
        <ChartCardSkeleton height="h-36" className="lg:col-span-3" />
      </div>
      <div className="mt-4 flex flex-col gap-4 lg:mt-5 lg:gap-5">
        <ChartCardSkeleton height="h-72" />
        <ChartCardSkeleton height="h-72" />
      </div>
    </div>
  );
}
