import { Link } from "react-router";

/** plain: not a link, where a link would be in the way. */
export function Logo({ plain = false }: { plain?: boolean }) {
  const inside = (
    <>
      <svg viewBox="0 0 32 32" aria-hidden className="size-7 shrink-0">
        <rect width="32" height="32" rx="8" className="fill-brand-fill" />
        <path
          d="M7 19.5l5.2-5.2 4.3 4.3L25 10"
          className="fill-none stroke-white"
          strokeWidth="3"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
        <circle cx="25" cy="10" r="2.4" className="fill-white" />
      </svg>
      <span className="text-base font-semibold tracking-tight">RetainWise</span>
    </>
  );
  const look = "inline-flex min-h-11 items-center gap-2.5 rounded-md px-1 text-ink";
  return plain ? (
    <span className={look}>{inside}</span>
  ) : (
    <Link to="/" className={look} aria-label="RetainWise, home">
      {inside}
    </Link>
  );
}
