import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { Facts } from "@/components/facts";
import { RiskBadge } from "@/components/risk-badge";
import { formatMoney, formatMoneyRange } from "@/lib/format";
import { useCustomerLink } from "../customer-link";
import { actionOf, nameOf, reasonOf } from "../customer-words";
import type { Sort } from "../filters";
import type { CustomerRow, Scope } from "../scope";
import { RowLink } from "./row-link";
import { Probability } from "./probability";

interface Props {
  customers: CustomerRow[];
  scope: Scope;
  sort: Sort;
  onSort: (sort: Sort) => void;
}

interface Column {
  /** The API's name of its order, where it has one. */
  id: string;
  header: string;
  sortable?: boolean;
  /** Of its width, which side its words stand on. */
  look: string;
  cell: (customer: CustomerRow) => ReactNode;
}

const COLUMNS: Column[] = [
  {
    id: "risk",
    header: "Risk",
    look: "w-[10%] text-left",
    cell: ({ risk_level: level }) => level && <RiskBadge level={level} />,
  },
  {
    id: "probability",
    header: "Chance of leaving",
    sortable: true,
    look: "w-[17.5%] text-left",
    cell: (customer) => (
      <Probability
        probability={customer.churn_probability}
        low={customer.probability_low}
        high={customer.probability_high}
        level={customer.risk_level}
      />
    ),
  },
  {
    id: "revenue_at_risk",
    header: "Revenue at risk",
    sortable: true,
    look: "w-[15%] text-right",
    cell: (customer) => (
      <>
        <span className="block font-medium">{formatMoney(customer.revenue_at_risk)}</span>
        <span className="block text-xs text-muted">
          {formatMoneyRange(customer.revenue_at_risk_low, customer.revenue_at_risk_high)}
        </span>
      </>
    ),
  },
  {
    id: "reason",
    header: "Top reason",
    look: "w-[20.5%] text-left",
    cell: (customer) => <span className="line-clamp-2">{reasonOf(customer)}</span>,
  },
  {
    id: "expected_saved_revenue",
    header: "Action",
    sortable: true,
    look: "w-[21%] text-left",
    cell: (customer) => {
      const { advice, effect } = actionOf(customer);
      return (
        <>
          <span className="line-clamp-2">{advice}</span>
          <span className="block text-xs text-muted">{effect}</span>
        </>
      );
    },
  },
];

/** Heads its row and leads to the customer, so it is no cell like the others. */
const WHO = {
  id: "customer_id",
  header: "Customer",
  sortable: true,
  look: "w-[16%] text-left",
};

/** One page of customers; the gateway sorts, filters and pages. */
export function CustomersTable({ customers, scope, sort, onSort }: Props) {
  const linkTo = useCustomerLink(scope);
  const [sorted, descending] = sort.startsWith("-") ? [sort.slice(1), true] : [sort, false];
  return (
    <table className="w-full table-fixed border-collapse text-sm">
      <caption className="sr-only">Customers</caption>
      <thead>
        <tr>
          {[WHO, ...COLUMNS].map(({ id, header, sortable, look }) => (
            <th
              key={id}
              scope="col"
              aria-sort={sorted === id ? (descending ? "descending" : "ascending") : undefined}
              className={`border-y border-line px-3 font-medium whitespace-nowrap text-muted first:pl-5 last:pr-5 ${look}`}
            >
              {sortable ? (
                <SortButton
                  label={header}
                  order={sorted === id ? (descending ? "down" : "up") : null}
                  onClick={() => onSort(nextSort(id, sorted === id, descending))}
                />
              ) : (
                header
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {customers.map((customer, place) => {
          const link = linkTo(customer);
          const { name, below } = nameOf(customer);
          return (
            <tr
              key={`${customer.prediction_id ?? ""} ${customer.customer_id ?? place}`}
              className="relative border-b border-line last:border-b-0 hover:bg-sunken has-focus-visible:bg-sunken"
            >
              <th scope="row" className="p-0 text-left font-normal">
                <RowLink link={link} className="px-3 py-2.5 pl-5">
                  <span className={`block truncate font-medium ${link ? "text-brand" : ""}`}>
                    {name}
                  </span>
                  <span className="block truncate text-xs text-muted">
                    <Facts of={below} />
                  </span>
                </RowLink>
              </th>
              {COLUMNS.map(({ id, cell }) => (
                <td
                  key={id}
                  className={`px-3 py-2.5 align-middle last:pr-5 ${id === "revenue_at_risk" ? "text-right" : ""}`}
                >
                  {cell(customer)}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

interface SortButtonProps {
  label: string;
  order: "up" | "down" | null;
  onClick: () => void;
}

function SortButton({ label, order, onClick }: SortButtonProps) {
  const Icon = order === null ? ChevronsUpDown : order === "down" ? ArrowDown : ArrowUp;
  return (
    <button
      type="button"
      onClick={onClick}
      className={`-mx-2 inline-flex min-h-11 cursor-pointer items-center gap-1 rounded-md px-2 text-left hover:text-ink ${order ? "text-ink" : ""}`}
    >
      {label}
      <Icon aria-hidden size={14} className={`shrink-0 ${order ? "text-brand" : ""}`} />
    </button>
  );
}

/** Numbers begin with the greatest, names with the first. */
function nextSort(id: string, already: boolean, descending: boolean): Sort {
  const down = already ? !descending : id !== "customer_id";
  return (down ? `-${id}` : id) as Sort;
}
