import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { formatCount, formatMoney } from "@/lib/format";
import { ALWAYS, FEATURES, type Plan } from "@/lib/plans";
import { Card } from "./card";
import { Tag } from "./tag";

interface Props {
  plan: Plan;
  /** The plan one step below, whose features this one has too. */
  below?: Plan;
  present?: boolean;
  action?: ReactNode;
}

/** What a plan costs and holds. */
export function PlanCard({ plan, below, present, action }: Props) {
  const more = plan.features.filter((feature) => !below?.features.includes(feature));
  return (
    <Card
      label={plan.name}
      className={`flex flex-col p-5 ${present ? "border-brand outline-1 outline-brand" : ""}`}
    >
      <div className="flex items-center justify-between gap-2">
        <h2 className="text-sm font-semibold">{plan.name}</h2>
        {present && <Tag tone="brand">Your plan</Tag>}
      </div>
      <p className="mt-3 text-2xl font-semibold tracking-tight">
        {plan.price_usd_month === null ? "Talk to us" : `$${formatMoney(plan.price_usd_month)}`}
      </p>
      <p className="text-xs text-muted">
        {plan.price_usd_month === null ? "on terms that fit you" : "a month"}
      </p>
      <ul className="mt-5 flex flex-1 flex-col gap-2 text-sm">
        <Item>
          <strong className="font-semibold">
            {plan.predictions_month === null ? "Unlimited" : formatCount(plan.predictions_month)}
          </strong>{" "}
          predictions a month
        </Item>
        <Item>
          <strong className="font-semibold">
            {plan.seats === null ? "Unlimited" : formatCount(plan.seats)}
          </strong>{" "}
          {plan.seats === 1 ? "person" : "people"}
        </Item>
        {below ? (
          <li className="mt-1 text-muted">All of {below.name}, and</li>
        ) : (
          ALWAYS.map((each) => <Item key={each}>{each}</Item>)
        )}
        {more.map((feature) => (
          <Item key={feature}>{FEATURES[feature]}</Item>
        ))}
      </ul>
      {action && <div className="mt-6">{action}</div>}
    </Card>
  );
}

function Item({ children }: { children: ReactNode }) {
  return (
    <li className="flex gap-2">
      <Check aria-hidden size={16} className="mt-0.5 shrink-0 text-low" />
      <span>{children}</span>
    </li>
  );
}
