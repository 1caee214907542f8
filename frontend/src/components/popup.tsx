import { Popover, type PopoverProps } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  type ComponentPropsWithRef,
  type ReactNode,
  type Ref,
  type RefObject,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from "react";
import { flushSync } from "react-dom";

type Around = "position" | "width" | "withArrow" | "trapFocus" | "returnFocus" | "withOverlay";

interface Props extends Pick<PopoverProps, Around> {
  /** The button that opens it; these are its properties. */
  button: (opens: ComponentPropsWithRef<"button">) => ReactNode;
  /** Names what opens; the button does where absent. */
  label?: string;
  /** Mantine's padding of what opens. */
  padding?: number | "xs";
  children: ReactNode;
}

/** A button and what opens at it. Mantine's popover begins with the first click: a page has a dozen of them, most are
 *  never opened, and each would take its time before the page is seen. */
export function Popup({ button, label, padding, children, ...around }: Props) {
  const [opened, { toggle, close }] = useDisclosure(false);
  const [begun, setBegun] = useState(false);
  const target = useRef<HTMLButtonElement>(null);
  const id = useId();
  return (
    <>
      {button({
        ref: target,
        id,
        type: "button",
        "aria-haspopup": "dialog",
        "aria-expanded": opened,
        "aria-controls": opened ? `${id}-dropdown` : undefined,
        onClick: () => {
          // It has to be there, closed, to notice where the focus was when it opens.
          flushSync(() => setBegun(true));
          toggle();
        },
      })}
      {begun && (
        <Popover
          id={id}
          opened={opened}
          onDismiss={close}
          overlayProps={{ backgroundOpacity: 0 }}
          {...around}
        >
          <Popover.Target>
            <StandsFor element={target} />
          </Popover.Target>
          <Popover.Dropdown p={padding} aria-label={label}>
            {children}
          </Popover.Dropdown>
        </Popover>
      )}
    </>
  );
}

interface StandsForProps {
  element: RefObject<HTMLElement | null>;
  ref?: Ref<HTMLElement>;
}

/** Hands on an element that stands elsewhere as if it stood here. */
function StandsFor({ element, ref }: StandsForProps) {
  useImperativeHandle(ref, () => element.current as HTMLElement, [element]);
  return null;
}
