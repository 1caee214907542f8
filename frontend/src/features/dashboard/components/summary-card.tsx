import type { ReactNode } from "react";
import { ChartCard, ChartCardSkeleton } from "@/components/chart-card";
import type { Summary } from "../scope";
import { Loaded } from "./loaded";

/** The figures over the chosen customers, in whichever state they are. */
export interface SummaryState {
  data: Summary | undefined;
  stale: boolean;
  error: unknown;
  onRetry: () => void;
}

interface Props {
  title: string;
  help: string;
  summary: SummaryState;
  className: string;
  skeletonHeight?: string;
  children: (data: Summary) => ReactNode;
}

/** A card that shows a part of the summary. */
export function SummaryCard({ title, help, summary, className, ...rest }: Props) {
  const { skeletonHeight = "h-60", children } = rest;
  if (summary.data === undefined && !summary.error) {
    return <ChartCardSkeleton height={skeletonHeight} className={className} />;
  }
  return (
    <ChartCard title={title} help={help} className={className}>
      <Loaded what={title} {...summary} quiet skeleton={null}>
        {children}
      </Loaded>
    </ChartCard>
  );
}
