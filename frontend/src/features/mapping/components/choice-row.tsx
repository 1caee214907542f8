import type { ReactNode } from "react";

interface Props {
  /** Name of the group, one choice of which holds. */
  group: string;
  label: string;
  hint?: string;
  detail?: ReactNode;
  chosen: boolean;
  onChoose(): void;
}

/** One of several choices, as a row that can be pressed anywhere. */
export function ChoiceRow({ group, label, hint, detail, chosen, onChoose }: Props) {
  return (
    <label
      className={`flex min-h-11 cursor-pointer items-start gap-3 rounded-lg border px-3 py-2.5 text-sm has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-brand ${
        chosen ? "border-brand bg-brand-tint" : "border-control hover:bg-sunken"
      }`}
    >
      <input
        type="radio"
        name={group}
        checked={chosen}
        onChange={onChoose}
        className="mt-0.5 size-4 shrink-0 appearance-none rounded-full border border-control bg-surface outline-none checked:border-5 checked:border-brand-fill checked:bg-white"
      />
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap justify-between gap-x-3">
          <span className="font-medium break-words">{label}</span>
          {hint && <span className="text-xs text-muted">{hint}</span>}
        </span>
        {detail && <span className="mt-1.5 block">{detail}</span>}
      </span>
    </label>
  );
}
