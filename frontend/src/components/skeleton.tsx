/** A grey block in the place and size of what is coming. */
export function Skeleton({ className }: { className: string }) {
  return (
    <div
      aria-hidden
      data-skeleton
      className={`animate-pulse rounded-md bg-line motion-reduce:animate-none ${className}`}
    />
  );
}
