import type { ReactNode } from "react";

interface Props {
  pressed: boolean;
  onClick: () => void;
  children: ReactNode;
  /** The colours while pressed, such as "border-high bg-high-tint text-high". */
  look: string;
}

/** A filter that is on or off. */
export function FilterChip({ pressed, onClick, children, look }: Props) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onClick}
      className={`inline-flex min-h-11 cursor-pointer items-center gap-1.5 rounded-full border px-4 text-sm font-medium ${
        pressed ? look : "border-control bg-surface text-ink hover:bg-sunken"
      }`}
    >
      {children}
    </button>
  );
}
