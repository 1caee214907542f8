import type { ReactNode } from "react";
import { Link } from "react-router";
import type { CustomerLink } from "../customer-link";

interface Props {
  /** null: this row leads nowhere. */
  link: CustomerLink | null;
  className: string;
  children: ReactNode;
}

/** A link that spreads over its whole row, which must be `relative`. */
export function RowLink({ link, className, children }: Props) {
  if (!link) return <div className={className}>{children}</div>;
  return (
    <Link
      {...link}
      preventScrollReset
      className={`block after:absolute after:inset-0 ${className}`}
    >
      {children}
    </Link>
  );
}
