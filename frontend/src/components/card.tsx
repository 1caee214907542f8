import type { ReactNode } from "react";

interface Props {
  children: ReactNode;
  className?: string;
  /** Names the region for those who jump between regions. */
  label?: string;
}

/** The white sheet that everything lies on: one line around it, no shadow. */
export function Card({ children, className = "p-4 sm:p-5", label }: Props) {
  const Tag = label ? "section" : "div";
  return (
    <Tag aria-label={label} className={`rounded-card border border-line bg-surface ${className}`}>
      {children}
    </Tag>
  );
}
