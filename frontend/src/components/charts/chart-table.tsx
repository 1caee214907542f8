import { ChevronRight } from "lucide-react";

interface Props {
  /** Names the table for those who do not see the chart above it. */
  caption: string;
  columns: string[];
  /** As many cells as columns; the first one heads its row. */
  rows: string[][];
}

/** The chart's figures as a table: for screen readers, and for whoever wants to copy them. */
export function ChartTable({ caption, columns, rows }: Props) {
  return (
    <details className="group/table mt-1 -mb-3 text-sm open:mb-0">
      <summary className="inline-flex min-h-11 cursor-pointer list-none items-center gap-1 text-muted hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          size={16}
          className="-ml-1 shrink-0 transition-transform group-open/table:rotate-90"
        />
        View as table
      </summary>
      <div className="overflow-x-auto" tabIndex={0} role="group" aria-label={caption}>
        <table className="w-full border-collapse">
          <caption className="sr-only">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column, place) => (
                <th
                  key={column}
                  scope="col"
                  className={`border-b border-line py-2 pr-4 font-medium text-muted ${place === 0 ? "text-left" : "text-right"}`}
                >
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([head, ...cells], row) => (
              <tr key={row}>
                <th scope="row" className="border-b border-line py-2 pr-4 text-left font-normal">
                  {head}
                </th>
                {cells.map((cell, place) => (
                  <td key={place} className="border-b border-line py-2 pr-4 text-right">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
