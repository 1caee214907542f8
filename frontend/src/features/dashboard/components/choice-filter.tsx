import { Check } from "lucide-react";
import { formatCount } from "@/lib/format";
import { toggled } from "../filters";
import { FilterMenu } from "./filter-menu";

interface Option<T> {
  value: T;
  label: string;
  customers: number;
}

interface Props<T> {
  /** "Plan". */
  name: string;
  /** What two of them are: "plans". */
  several: string;
  /** undefined while they are on their way: the button has its place already. */
  options: Option<T>[] | undefined;
  chosen: T[];
  onChange: (chosen: T[]) => void;
}

/** Any of several values, each with how many customers it has. */
export function ChoiceFilter<T extends string>({
  name,
  several,
  options,
  chosen,
  onChange,
}: Props<T>) {
  if (options?.length === 0) return null;
  const only = options?.find((option) => option.value === chosen[0])?.label ?? chosen[0];
  const said = chosen.length > 1 ? `${chosen.length} ${several}` : only;
  return (
    <FilterMenu label={said ? `${name}: ${said}` : name} active={chosen.length > 0}>
      <fieldset className="max-h-72 overflow-y-auto">
        <legend className="sr-only">{name}</legend>
        {options?.map(({ value, label, customers }) => (
          <label
            key={value}
            className="flex min-h-11 cursor-pointer items-center gap-3 rounded-md px-2 text-sm hover:bg-sunken"
          >
            <span className="relative flex size-4.5 shrink-0">
              <input
                type="checkbox"
                checked={chosen.includes(value)}
                onChange={() => onChange(toggled(chosen, value))}
                className="peer size-full appearance-none rounded-sm border border-control bg-surface checked:border-brand-fill checked:bg-brand-fill"
              />
              <Check
                aria-hidden
                size={14}
                strokeWidth={3}
                className="pointer-events-none absolute inset-0 m-auto hidden text-white peer-checked:block"
              />
            </span>
            <span className="min-w-0 flex-1 break-words">{label}</span>
            <span className="text-xs text-muted">{formatCount(customers)}</span>
          </label>
        ))}
      </fieldset>
    </FilterMenu>
  );
}
