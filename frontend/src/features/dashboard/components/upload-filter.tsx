import { TextInput } from "@mantine/core";
import { formatDate } from "@/lib/format";
import { FilterMenu } from "./filter-menu";

interface Days {
  from: string | null;
  to: string | null;
}

interface Props extends Days {
  /** Days of the first and of the last upload there is. */
  first: string | null | undefined;
  last: string | null | undefined;
  onChange: (days: Partial<Days>) => void;
}

/** When the upload was that a customer was last in. The browser's own date fields: a phone has its wheel for them. */
export function UploadFilter({ from, to, first, last, onChange }: Props) {
  const bounds = { min: first?.slice(0, 10), max: last?.slice(0, 10) };
  return (
    <FilterMenu label={labelOf(from, to)} active={Boolean(from ?? to)}>
      <div className="flex flex-col gap-3 p-1">
        <TextInput
          type="date"
          label="Uploaded from"
          {...bounds}
          value={from ?? ""}
          onChange={({ currentTarget }) => onChange({ from: currentTarget.value || null })}
        />
        <TextInput
          type="date"
          label="to"
          {...bounds}
          value={to ?? ""}
          onChange={({ currentTarget }) => onChange({ to: currentTarget.value || null })}
        />
        {(from ?? to) && (
          <button
            type="button"
            onClick={() => onChange({ from: null, to: null })}
            className="min-h-11 cursor-pointer rounded-md text-sm font-medium text-brand hover:bg-sunken"
          >
            Any day
          </button>
        )}
      </div>
    </FilterMenu>
  );
}

function labelOf(from: string | null, to: string | null): string {
  if (from && to) return from === to ? formatDate(from) : `${formatDate(from)} – ${formatDate(to)}`;
  if (from) return `From ${formatDate(from)}`;
  return to ? `Until ${formatDate(to)}` : "Uploaded";
}
