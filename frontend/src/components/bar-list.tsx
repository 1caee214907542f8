import type { ReactNode } from "react";

interface Props {
  /** Names the list. */
  label: string;
  rows: { key: string; label: ReactNode; value: number; shown: string }[];
  /** The value whose bar has the full length; the largest one where absent. */
  full?: number;
  /** A background utility, such as "bg-medium-mark". */
  fill?: string;
}

/** Named amounts under each other, each with a bar and its number. All of it is text, so it needs no table beside it. */
export function BarList({ label, rows, full, fill = "bg-neutral-mark" }: Props) {
  const longest = full ?? Math.max(...rows.map((row) => row.value));
  return (
    <ul aria-label={label} className="flex flex-col gap-3">
      {rows.map((row) => (
        <li key={row.key} className="break-inside-avoid text-sm">
          <div className="flex items-baseline justify-between gap-4">
            <span className="min-w-0 break-words">{row.label}</span>
            <span className="shrink-0 font-medium">{row.shown}</span>
          </div>
          <div aria-hidden className="mt-1.5 h-1.5 overflow-hidden rounded-full bg-sunken">
            <div
              className={`animate-grow-right h-full min-w-0.5 rounded-full ${fill}`}
              style={{ width: `${longest > 0 ? Math.min(100, (100 * row.value) / longest) : 0}%` }}
            />
          </div>
        </li>
      ))}
    </ul>
  );
}
