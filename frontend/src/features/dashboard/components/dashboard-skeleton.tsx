import { ChartCardSkeleton } from "@/components/chart-card";
import { PageHeader } from "@/components/page-header";
import { Skeleton } from "@/components/skeleton";
import { FiguresSkeleton } from "./figures";
import { LatestCaption } from "./latest-caption";

/** A dashboard before anything of it is known, each part in its place. It is drawn before the application runs, too.
 *  latest: of everyone's latest score, whose words are known. */
export function DashboardSkeleton({ latest }: { latest: boolean }) {
  const action = <Skeleton className="h-11 w-25.5" />;
  return (
    <div role="status" aria-label="Loading the dashboard">
      {latest ? (
        <PageHeader title="Dashboard" caption={<LatestCaption lastAt={null} />} action={action} />
      ) : (
        <div className="mb-5 flex min-h-13 flex-wrap items-start justify-between gap-x-4 gap-y-3">
          <div className="min-w-0 flex-1 basis-48">
            <Skeleton className="h-6 w-40" />
            <Skeleton className="mt-2 h-4 w-64 max-w-full" />
          </div>
          {action}
        </div>
      )}
      <div className="mb-5 flex items-center gap-2 sm:gap-3">
        <Skeleton className="h-11.5 flex-1 sm:max-w-64" />
        <Skeleton className="h-11 w-25 sm:w-100" />
      </div>
      <div className="mb-5">
        <FiguresSkeleton />
      </div>
      <div className="mb-5 grid gap-5 md:grid-cols-5">
        <ChartCardSkeleton height="h-60" className="md:col-span-2" />
        <ChartCardSkeleton height="h-60" className="md:col-span-3" />
      </div>
    </div>
  );
}
