import { formatCount } from "@/lib/format";
import { toggled } from "../filters";
import { FilterMenu } from "./filter-menu";

interface Props {
  /** What there is to choose from, and how many customers each has; undefined while it is not known. */
  plans: { plan: string; customers: number }[] | undefined;
  chosen: string[];
  onChange: (chosen: string[]) => void;
}

/** What the customers are on: a plan, or of telecom a contract. */
export function PlanFilter({ plans = [], chosen, onChange }: Props) {
  // What is chosen stays in the list, with no customers, when the other filters leave none on it.
  const absent = chosen.filter((plan) => !plans.some((each) => each.plan === plan));
  const shown = [...plans, ...absent.map((plan) => ({ plan, customers: 0 }))];
  if (shown.length === 0) return null;
  const label =
    chosen.length === 0 ? "Plan" : chosen.length === 1 ? chosen[0] : `${chosen.length} plans`;
  return (
    <FilterMenu label={label ?? "Plan"} active={chosen.length > 0}>
      <fieldset className="max-h-72 overflow-y-auto">
        <legend className="sr-only">Plan or contract</legend>
        {shown.map(({ plan, customers }) => (
          <label
            key={plan}
            className="flex min-h-11 cursor-pointer items-center gap-3 rounded-md px-2 text-sm hover:bg-sunken"
          >
            <input
              type="checkbox"
              checked={chosen.includes(plan)}
              onChange={() => onChange(toggled(chosen, plan))}
              className="size-4.5 shrink-0 accent-brand-fill"
            />
            <span className="min-w-0 flex-1 break-words">{plan}</span>
            <span className="text-xs text-muted">{formatCount(customers)}</span>
          </label>
        ))}
      </fieldset>
    </FilterMenu>
  );
}
