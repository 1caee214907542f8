import { Skeleton } from "@/components/skeleton";

/** The drawer before its own code is there, over the page that it covers. It is drawn before the application runs, too. */
export function DrawerSkeleton() {
  return (
    <div className="fixed inset-0 z-50 flex justify-end bg-[rgb(0_0_0/0.6)]">
      <div className="h-full w-full max-w-184 overflow-hidden bg-canvas">
        <div className="flex h-19 items-center px-4 sm:px-5">
          <Skeleton className="h-6 w-40" />
        </div>
        <div className="px-4 sm:px-5">
          <HeadlineSkeleton />
        </div>
      </div>
    </div>
  );
}

/** The parts of a customer, in their size. */
export function HeadlineSkeleton() {
  return (
    <div role="status" aria-label="Loading the customer">
      <Skeleton className="h-5 w-52" />
      <div className="mt-4 grid grid-cols-2 gap-3 xs:grid-cols-3">
        <Skeleton className="h-24 rounded-card!" />
        <Skeleton className="h-24 rounded-card!" />
        <Skeleton className="col-span-2 h-24 rounded-card! xs:col-span-1" />
      </div>
      <Skeleton className="mt-5 h-40 rounded-card!" />
      <Skeleton className="mt-5 h-96 rounded-card!" />
    </div>
  );
}
