import type { ReactNode } from "react";
import { Link } from "react-router";

interface Props {
  /** A page's path, or `href` for what is not a page: a download, the API's manual. */
  to?: string;
  href?: string;
  children: ReactNode;
  download?: boolean;
}

/** A link inside of text. Its target is taller than its line, as a finger needs it. */
export function TextLink({ to, href, children, download }: Props) {
  const look =
    "-my-3 inline-block py-3 font-medium text-brand underline decoration-transparent underline-offset-3 hover:decoration-current";
  return to === undefined ? (
    <a href={href} download={download} className={look}>
      {children}
    </a>
  ) : (
    <Link to={to} className={look}>
      {children}
    </Link>
  );
}
