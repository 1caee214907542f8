import { ErrorBoundary } from "@/components/error-boundary";
import type { CustomerDetail, Subject } from "../queries";
import { ActionCard } from "./action-card";
import { Headline } from "./headline";
import { HistoryCard } from "./history-card";
import { WhatIfCard } from "./what-if-card";
import { WhyCard } from "./why-card";

interface Props {
  subject: Subject;
  customer: CustomerDetail;
}

/** How likely, what to do, why, what if, and how it came. */
export function CustomerBody({ subject, customer }: Props) {
  return (
    <div className="flex flex-col gap-5">
      <Headline customer={customer} />
      <ActionCard customer={customer} />
      <ErrorBoundary title="The reasons cannot be shown">
        <WhyCard customer={customer} />
      </ErrorBoundary>
      <WhatIfCard subject={subject} />
      <HistoryCard subject={subject} />
    </div>
  );
}
