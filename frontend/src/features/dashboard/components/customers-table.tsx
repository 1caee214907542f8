import {
  createColumnHelper,
  flexRender,
  getCoreRowModel,
  useReactTable,
} from "@tanstack/react-table";
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
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

const column = createColumnHelper<CustomerRow>();

/** Their ids are the API's names of orders, where they have one. */
const COLUMNS = [
  column.display({ id: "customer_id", header: "Customer", enableSorting: true }),
  column.accessor("risk_level", {
    id: "risk",
    header: "Risk",
    enableSorting: false,
    cell: ({ getValue }) => {
      const level = getValue();
      return level && <RiskBadge level={level} />;
    },
  }),
  column.accessor("churn_probability", {
    id: "probability",
    header: "Chance of leaving",
    cell: ({ row: { original } }) => (
      <Probability
        probability={original.churn_probability}
        low={original.probability_low}
        high={original.probability_high}
        level={original.risk_level}
      />
    ),
  }),
  column.accessor("revenue_at_risk", {
    id: "revenue_at_risk",
    header: "Revenue at risk",
    cell: ({ getValue, row: { original } }) => (
      <>
        <span className="block font-medium">{formatMoney(getValue())}</span>
        <span className="block text-xs text-muted">
          {formatMoneyRange(original.revenue_at_risk_low, original.revenue_at_risk_high)}
        </span>
      </>
    ),
  }),
  column.display({
    id: "reason",
    header: "Top reason",
    enableSorting: false,
    cell: ({ row }) => <span className="line-clamp-2">{reasonOf(row.original)}</span>,
  }),
  column.display({
    id: "expected_saved_revenue",
    header: "Action",
    enableSorting: true,
    cell: ({ row }) => {
      const { advice, effect } = actionOf(row.original);
      return (
        <>
          <span className="line-clamp-2">{advice}</span>
          <span className="block text-xs text-muted">{effect}</span>
        </>
      );
    },
  }),
];

const WIDTHS: Record<string, string> = {
  customer_id: "w-[16%] text-left",
  risk: "w-[10%] text-left",
  probability: "w-[17.5%] text-left",
  revenue_at_risk: "w-[15%] text-right",
  reason: "w-[20.5%] text-left",
  expected_saved_revenue: "w-[21%] text-left",
};

/** One page of customers; the gateway sorts, filters and pages. */
export function CustomersTable({ customers, scope, sort, onSort }: Props) {
  const linkTo = useCustomerLink(scope);
  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler is in use, so nothing is memoised wrongly
  const table = useReactTable({
    data: customers,
    columns: COLUMNS,
    getCoreRowModel: getCoreRowModel(),
    manualSorting: true,
    manualPagination: true,
    enableSortingRemoval: false,
    getRowId: (row, place) => `${row.prediction_id ?? ""} ${row.customer_id ?? place}`,
  });
  const [sorted, descending] = sort.startsWith("-") ? [sort.slice(1), true] : [sort, false];
  return (
    <table className="w-full table-fixed border-collapse text-sm">
      <caption className="sr-only">Customers</caption>
      <thead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {group.headers.map(({ id, column: { columnDef } }) => (
              <th
                key={id}
                scope="col"
                aria-sort={sorted === id ? (descending ? "descending" : "ascending") : undefined}
                className={`border-y border-line px-3 font-medium whitespace-nowrap text-muted first:pl-5 last:pr-5 ${WIDTHS[id]}`}
              >
                {columnDef.enableSorting === false ? (
                  flexRender(columnDef.header, {} as never)
                ) : (
                  <SortButton
                    label={String(columnDef.header)}
                    order={sorted === id ? (descending ? "down" : "up") : null}
                    onClick={() => onSort(nextSort(id, sorted === id, descending))}
                  />
                )}
              </th>
            ))}
          </tr>
        ))}
      </thead>
      <tbody>
        {table.getRowModel().rows.map((row) => {
          const link = linkTo(row.original);
          const { name, below } = nameOf(row.original);
          return (
            <tr
              key={row.id}
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
              {row
                .getVisibleCells()
                .slice(1)
                .map((cell) => (
                  <td
                    key={cell.id}
                    className={`px-3 py-2.5 align-middle last:pr-5 ${cell.column.id === "revenue_at_risk" ? "text-right" : ""}`}
                  >
                    {flexRender(cell.column.columnDef.cell, cell.getContext())}
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
