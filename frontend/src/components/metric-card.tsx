import type { ReactNode } from "react";
import { Card } from "./card";
import { InfoTip } from "./info-tip";
import type { RiskLevel } from "./risk-badge";
import { Skeleton } from "./skeleton";

const DOTS: Record<RiskLevel, string> = {
  high: "bg-high-mark",
  medium: "bg-medium-mark",
  low: "bg-low-mark",
};

interface Props {
  label: string;
  value: string;
  /** One quiet line below the figure. */
  caption?: ReactNode;
  /** What the figure means, in plain words. */
  help?: ReactNode;
  level?: RiskLevel;
}

/** One figure: small label, large number, quiet caption. */
export function MetricCard({ label, value, caption, help, level }: Props) {
  return (
    <Card className="relative flex min-h-30 flex-col p-4 sm:p-5">
      <p className="flex items-start gap-2 pr-7 text-sm text-muted">
        {level && (
          <span aria-hidden className={`mt-1.5 size-2 shrink-0 rounded-full ${DOTS[level]}`} />
        )}
        {label}
      </p>
      {help && (
        <div className="absolute top-4 right-4 sm:top-5 sm:right-5">
          <InfoTip about={label.toLowerCase()}>{help}</InfoTip>
        </div>
      )}
      <p className="mt-auto pt-2 text-2xl leading-[1.875rem] font-semibold tabular-nums tracking-tight">
        {value}
      </p>
      <p className="min-h-4.5 text-xs text-muted">{caption}</p>
    </Card>
  );
}

/** The size of a MetricCard, while its figure is on the way. */
export function MetricCardSkeleton() {
  return (
    <Card className="flex min-h-30 flex-col p-4 sm:p-5">
      <Skeleton className="h-4 w-24" />
      <Skeleton className="mt-auto h-7 w-20" />
      <Skeleton className="mt-2 h-3 w-28" />
    </Card>
  );
}
