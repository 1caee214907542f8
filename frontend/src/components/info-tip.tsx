import { Info } from "lucide-react";
import type { ReactNode } from "react";
import { Popup } from "./popup";

interface Props {
  /** What is explained, as the page calls it, a word or a question: the button is named "More on: Revenue at risk". */
  about: string;
  children: ReactNode;
}

/** A small "i" that explains a figure in plain words, on click: hovering is nothing on a phone. */
export function InfoTip({ about, children }: Props) {
  return (
    <Popup
      width={260}
      position="top"
      withArrow
      button={(opens) => (
        <button
          {...opens}
          data-print="hide"
          aria-label={`More on: ${about}`}
          className="-m-3 inline-flex size-11 shrink-0 cursor-pointer items-center justify-center rounded-full text-muted hover:text-ink"
        >
          <Info aria-hidden size={16} />
        </button>
      )}
    >
      <p className="text-sm text-ink">{children}</p>
    </Popup>
  );
}
