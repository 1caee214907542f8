import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

export type Tone = "good" | "fair" | "bad" | "neutral" | "brand";

const TONES: Record<Tone, string> = {
  good: "bg-low-tint text-low",
  fair: "bg-medium-tint text-medium",
  bad: "bg-high-tint text-high",
  brand: "bg-brand-tint text-brand",
  neutral: "bg-sunken text-muted",
};

interface Props {
  tone: Tone;
  icon?: LucideIcon;
  children: ReactNode;
}

/** A word or two about what stands beside it: tint, word and, where it judges, an icon. */
export function Tag({ tone, icon: Icon, children }: Props) {
  return (
    <span
      className={`inline-flex items-center gap-1 rounded-full px-2 py-0.5 text-xs font-semibold whitespace-nowrap ${TONES[tone]}`}
    >
      {Icon && <Icon aria-hidden size={12} strokeWidth={2.25} className="shrink-0" />}
      {children}
    </span>
  );
}
