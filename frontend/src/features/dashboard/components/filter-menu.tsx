import { Popover } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";

interface Props {
  /** On the button: "Plan", or what is chosen of it. */
  label: string;
  /** Whether something is chosen. */
  active: boolean;
  children: ReactNode;
}

/** A filter behind a button, as it needs more room than the bar has. */
export function FilterMenu({ label, active, children }: Props) {
  const [opened, { toggle, close }] = useDisclosure(false);
  return (
    <Popover
      opened={opened}
      onDismiss={close}
      position="bottom-start"
      width={280}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button
          type="button"
          aria-expanded={opened}
          aria-haspopup="dialog"
          onClick={toggle}
          className={`inline-flex min-h-11 max-w-60 cursor-pointer items-center gap-1.5 rounded-full border px-4 text-sm font-medium ${
            active
              ? "border-brand bg-brand-tint text-brand"
              : "border-control bg-surface text-ink hover:bg-sunken"
          }`}
        >
          <span className="truncate">{label}</span>
          <ChevronDown aria-hidden size={16} className="shrink-0" />
        </button>
      </Popover.Target>
      <Popover.Dropdown p="xs" aria-label={label}>
        {children}
      </Popover.Dropdown>
    </Popover>
  );
}
