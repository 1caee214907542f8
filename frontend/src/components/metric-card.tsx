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
      <Label label={label} level={level} />
      {help && (
        <div className="absolute top-4 right-4 sm:top-5 sm:right-5">
          <InfoTip about={label}>{help}</InfoTip>
        </div>
      )}
      <p className="mt-auto pt-2 text-2xl leading-[1.875rem] font-semibold tabular-nums tracking-tight">
        {value}
      </p>
      <p className="min-h-4.5 text-xs text-muted">{caption}</p>
    </Card>
  );
}

/** A MetricCard while its figure is on the way. */
export function MetricCardSkeleton({ label, level }: Pick<Props, "label" | "level">) {
  return (
    <Card className="flex min-h-30 flex-col p-4 sm:p-5">
      <Label label={label} level={level} />
      <Skeleton className="mt-auto h-7 w-20" />
      <Skeleton className="mt-2 h-3 w-28" />
    </Card>
  );
}

function Label({ label, level }: Pick<Props, "label" | "level">) {
  return (
    <p className="flex items-start gap-2 pr-7 text-sm text-muted">
      {level && (
        <span aria-hidden className={`mt-1.5 size-2 shrink-0 rounded-full ${DOTS[level]}`} />
      )}
      {label}
    </p>
  );
}
