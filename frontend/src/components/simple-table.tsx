import type { ReactNode } from "react";

interface Column {
  title: string;
  /** Figures stand at the right, under each other. */
  figures?: boolean;
  /** On a phone: without its title before the cell, which speaks for itself. */
  bare?: boolean;
  /** A width utility, such as "md:w-40". */
  className?: string;
}

interface Props {
  /** Names the table for those who do not see it. */
  caption: string;
  columns: Column[];
  /** Each with as many cells as there are columns; the first one heads its row. */
  rows: { key: string; cells: ReactNode[] }[];
}

/** A short table that needs no sorting. On a phone each row is a block whose cells bear their columns' titles; the
 *  roles say that it still is a table, which browsers forget where the display changes. */
export function SimpleTable({ caption, columns, rows }: Props) {
  return (
    <table role="table" className="w-full border-collapse text-sm max-md:block">
      <caption className="sr-only">{caption}</caption>
      <thead role="rowgroup" className="max-md:sr-only">
        <tr role="row">
          {columns.map((column) => (
            <th
              key={column.title}
              role="columnheader"
              scope="col"
              className={`border-b border-line py-2.5 pr-4 font-medium text-muted last:pr-0 ${
                column.figures ? "text-right" : "text-left"
              } ${column.className ?? ""}`}
            >
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-md:block">
        {rows.map((row) => (
          <tr
            key={row.key}
            role="row"
            className="break-inside-avoid border-b border-line align-top last:border-0 max-md:block max-md:py-3"
          >
            {row.cells.map((cell, place) => {
              const column = columns[place];
              const look = `py-3 pr-4 last:pr-0 max-md:flex max-md:gap-3 max-md:py-0.5 max-md:pr-0 ${
                column?.figures ? "md:text-right" : "text-left"
              }`;
              return place === 0 ? (
                <th key={place} role="rowheader" scope="row" className={`${look} font-medium`}>
                  <span className="min-w-0 break-words">{cell}</span>
                </th>
              ) : (
                <td
                  key={place}
                  role="cell"
                  data-label={column?.title}
                  className={`${look} ${column?.bare ? "" : "max-md:before:w-28 max-md:before:shrink-0 max-md:before:text-muted max-md:before:content-[attr(data-label)]"}`}
                >
                  <span className="min-w-0 break-words">{cell}</span>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
