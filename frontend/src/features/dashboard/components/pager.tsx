import { ChevronLeft, ChevronRight } from "lucide-react";
import { formatCount } from "@/lib/format";

interface Props {
  page: number;
  pages: number;
  onPage: (page: number) => void;
}

const LOOK =
  "inline-flex h-11 min-w-11 cursor-pointer items-center justify-center rounded-md px-2 text-sm hover:bg-sunken disabled:cursor-default disabled:opacity-40";

/** To the next page, the last, or one in sight. A phone has room for the arrows alone. */
export function Pager({ page, pages, onPage }: Props) {
  if (pages <= 1) return null;
  return (
    <nav aria-label="Pages of customers" className="flex items-center gap-1">
      <button
        type="button"
        aria-label="Previous page"
        disabled={page <= 1}
        onClick={() => onPage(page - 1)}
        className={LOOK}
      >
        <ChevronLeft aria-hidden size={18} />
      </button>
      <span className="px-2 text-sm sm:hidden">
        Page {formatCount(page)} of {formatCount(pages)}
      </span>
      {inSight(page, pages).map((each, place) =>
        each === null ? (
          <span key={`gap ${place}`} aria-hidden className="hidden px-1 text-muted sm:inline">
            …
          </span>
        ) : (
          <button
            key={each}
            type="button"
            aria-label={`Page ${formatCount(each)}`}
            aria-current={each === page ? "page" : undefined}
            onClick={() => onPage(each)}
            className={`${LOOK} hidden! sm:inline-flex! ${each === page ? "bg-brand-tint font-semibold text-brand" : ""}`}
          >
            {formatCount(each)}
          </button>
        ),
      )}
      <button
        type="button"
        aria-label="Next page"
        disabled={page >= pages}
        onClick={() => onPage(page + 1)}
        className={LOOK}
      >
        <ChevronRight aria-hidden size={18} />
      </button>
    </nav>
  );
}

/** The first, the last, and those around the present one; null where some are left out. */
export function inSight(page: number, pages: number): (number | null)[] {
  const near = [1, page - 1, page, page + 1, pages].filter((each) => each >= 1 && each <= pages);
  const shown = [...new Set(near)].sort((one, other) => one - other);
  return shown.flatMap((each, place) => {
    const missing = each - (shown[place - 1] ?? 0) - 1;
    // One left out takes no less room than the sign that it is.
    return missing > 1 ? [null, each] : missing === 1 ? [each - 1, each] : [each];
  });
}
