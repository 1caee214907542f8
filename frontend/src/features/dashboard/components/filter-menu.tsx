import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { Popup } from "@/components/popup";

interface Props {
  /** On the button: "Plan", or what is chosen of it. */
  label: string;
  /** Whether something is chosen. */
  active: boolean;
  children: ReactNode;
}

/** A filter behind a button, as it needs more room than the bar has. */
export function FilterMenu({ label, active, children }: Props) {
  return (
    <Popup
      label={label}
      position="bottom-start"
      width={280}
      padding="xs"
      trapFocus
      returnFocus
      button={(opens) => (
        <button
          {...opens}
          className={`inline-flex min-h-11 max-w-60 cursor-pointer items-center gap-1.5 rounded-full border px-4 text-sm font-medium ${
            active
              ? "border-brand bg-brand-tint text-brand"
              : "border-control bg-surface text-ink hover:bg-sunken"
          }`}
        >
          <span className="truncate">{label}</span>
          <ChevronDown aria-hidden size={16} className="shrink-0" />
        </button>
      )}
    >
      {children}
    </Popup>
  );
}
