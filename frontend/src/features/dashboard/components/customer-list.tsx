import { Facts } from "@/components/facts";
import { RiskBadge } from "@/components/risk-badge";
import { formatMoney, formatPercent } from "@/lib/format";
import { useCustomerLink } from "../customer-link";
import { actionOf, nameOf, reasonOf } from "../customer-words";
import type { CustomerRow, Scope } from "../scope";
import { RowLink } from "./row-link";

/** The table's page of customers where a table has no room. */
export function CustomerList({ customers, scope }: { customers: CustomerRow[]; scope: Scope }) {
  const linkTo = useCustomerLink(scope);
  return (
    <ul className="border-t border-line">
      {customers.map((customer, place) => {
        const link = linkTo(customer);
        const { name, below } = nameOf(customer);
        const { advice, effect } = actionOf(customer);
        return (
          <li
            key={`${customer.prediction_id ?? ""} ${customer.customer_id ?? place}`}
            className="relative border-b border-line px-4 py-3 [contain-intrinsic-size:auto_9rem] [content-visibility:auto] last:border-b-0 hover:bg-sunken"
          >
            <div className="flex items-start justify-between gap-3">
              <RowLink link={link} className="min-h-11 min-w-0 flex-1">
                <span className={`block truncate text-sm font-medium ${link ? "text-brand" : ""}`}>
                  {name}
                </span>
                <span className="block truncate text-xs text-muted">
                  <Facts of={below} />
                </span>
              </RowLink>
              {customer.risk_level && <RiskBadge level={customer.risk_level} />}
            </div>
            <p className="text-xs text-muted">
              <span className="font-semibold text-ink">
                {formatPercent(customer.churn_probability)}
              </span>{" "}
              leaving
              {customer.revenue_at_risk !== null && (
                <>
                  {" · "}
                  <span className="font-semibold text-ink">
                    {formatMoney(customer.revenue_at_risk)}
                  </span>{" "}
                  at risk
                </>
              )}
            </p>
            <p className="mt-1 text-xs">{reasonOf(customer)}</p>
            {customer.action && (
              <p className="text-xs text-muted">
                {advice}, <span className="whitespace-nowrap">{effect}</span>
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
