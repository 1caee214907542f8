import { Skeleton } from "./skeleton";

/** A page that is on its way: a title and a card. Pages with a shape of their own bring their own skeleton. */
export function PageSkeleton() {
  return (
    <div role="status" aria-label="Loading">
      <Skeleton className="h-7 w-40" />
      <Skeleton className="mt-6 h-96 w-full rounded-card!" />
    </div>
  );
}
