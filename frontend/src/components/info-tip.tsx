import { Popover } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Info } from "lucide-react";
import type { ReactNode } from "react";

interface Props {
  /** What is explained, as the button's name: "What is revenue at risk?" asks "revenue at risk". */
  about: string;
  children: ReactNode;
}

/** A small "i" that explains a figure in plain words, on click: hovering is nothing on a phone. */
export function InfoTip({ about, children }: Props) {
  const [opened, { toggle, close }] = useDisclosure(false);
  return (
    <Popover
      opened={opened}
      onDismiss={close}
      width={260}
      position="bottom"
      withArrow
      trapFocus={false}
    >
      <Popover.Target>
        <button
          type="button"
          data-print="hide"
          aria-label={`What is ${about}?`}
          aria-expanded={opened}
          onClick={toggle}
          className="-m-3 inline-flex size-11 shrink-0 cursor-pointer items-center justify-center rounded-full text-muted hover:text-ink"
        >
          <Info aria-hidden size={16} />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <p className="text-sm text-ink">{children}</p>
      </Popover.Dropdown>
    </Popover>
  );
}
