import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

interface Props {
  summary: ReactNode;
  children: ReactNode;
}

/** What only some want to read, folded away. */
export function Disclosure({ summary, children }: Props) {
  return (
    <details className="group/disclosure text-sm">
      <summary className="inline-flex min-h-11 cursor-pointer list-none items-center gap-1.5 text-muted hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          size={16}
          className="shrink-0 transition-transform group-open/disclosure:rotate-90"
        />
        {summary}
      </summary>
      {children}
    </details>
  );
}
