import { useId, type ReactNode } from "react";
import { InfoTip } from "./info-tip";
import { Skeleton } from "./skeleton";

interface Props {
  title: string;
  /** What the chart shows and how to read it, in plain words. */
  help?: ReactNode;
  /** Beside the title: a link, a small button. */
  action?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** A card with a heading around a chart, or around anything that wants one. */
export function ChartCard({ title, help, action, children, className = "" }: Props) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      // A chart is drawn as wide as its card, which must not stay as wide as the chart when the window narrows.
      className={`min-w-0 rounded-card border border-line bg-surface p-4 sm:p-5 ${className}`}
    >
      <div className="mb-4 flex items-center gap-2">
        <h2 id={id} className="text-sm font-semibold">
          {title}
        </h2>
        {help && <InfoTip about={title}>{help}</InfoTip>}
        {action && <div className="ml-auto">{action}</div>}
      </div>
      {children}
    </section>
  );
}

/** height: of the chart that comes, as a class such as "h-60". */
export function ChartCardSkeleton({
  height,
  className = "",
}: {
  height: string;
  className?: string;
}) {
  return (
    <div className={`rounded-card border border-line bg-surface p-4 sm:p-5 ${className}`}>
      <Skeleton className="mb-4 h-5 w-36" />
      <Skeleton className={`w-full ${height}`} />
      <Skeleton className="mt-4 h-4 w-28" />
    </div>
  );
}
