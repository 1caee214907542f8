import { Facts } from "@/components/facts";
import { InfoTip } from "@/components/info-tip";
import { RiskBadge } from "@/components/risk-badge";
import {
  formatDate,
  formatMoney,
  formatMoneyRange,
  formatPercent,
  formatPercentRange,
  plural,
} from "@/lib/format";
import { planTitle } from "@/lib/plans";
import type { CustomerDetail } from "../queries";

/** Both sides of one number, as the waterfall speaks of leaving and the page of staying; and the money. */
export function Headline({ customer }: { customer: CustomerDetail }) {
  const { probability_low: low, probability_high: high, risk_level: level } = customer;
  const within = customer.horizon_days ? ` within ${plural(customer.horizon_days, "day")}` : "";
  return (
    <div>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
        {level && <RiskBadge level={level} />}
        <span className="min-w-0 break-words">
          <Facts
            of={[
              customer.customer_name && customer.customer_id,
              customer.plan && planTitle(customer.plan),
              `scored ${formatDate(customer.scored_at)}`,
            ]}
          />
        </span>
      </p>
      <dl className="mt-4 grid grid-cols-2 gap-3 xs:grid-cols-3">
        <Figure
          label="Leaves"
          value={formatPercent(customer.churn_probability)}
          caption={formatPercentRange(low, high)}
          help={`The chance that this customer leaves${within}. Nine times in ten the true chance lies in the range below it.`}
        />
        <Figure
          label="Stays"
          value={formatPercent(customer.retention_probability)}
          caption={low === null || high === null ? "" : formatPercentRange(1 - high, 1 - low)}
          help="The same number seen from the other side: 100% less the chance of leaving. Tables and charts of the dashboard that speak of retention mean this one."
        />
        <Figure
          label="Revenue at risk"
          value={formatMoney(customer.revenue_at_risk)}
          caption={
            customer.monthly_revenue === null
              ? "no revenue in the file"
              : formatMoneyRange(customer.revenue_at_risk_low, customer.revenue_at_risk_high)
          }
          help="This customer's monthly revenue times the chance of leaving: what you expect to lose a month if nothing is done."
          className="col-span-2 xs:col-span-1"
        />
      </dl>
    </div>
  );
}

interface FigureProps {
  label: string;
  value: string;
  caption: string;
  help: string;
  className?: string;
}

function Figure({ label, value, caption, help, className = "" }: FigureProps) {
  return (
    <div
      className={`flex min-h-24 flex-col rounded-card border border-line bg-surface p-3.5 ${className}`}
    >
      <dt className="flex items-start justify-between gap-2 text-xs text-muted">
        {label}
        <InfoTip about={label}>{help}</InfoTip>
      </dt>
      <dd className="mt-auto">
        <span className="block text-xl leading-7 font-semibold tracking-tight">{value}</span>
        <span className="block min-h-4 text-xs text-muted">{caption}</span>
      </dd>
    </div>
  );
}
