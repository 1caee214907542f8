import { formatDate } from "@/lib/format";

/** The quiet line below the title of everyone's latest score. The day keeps its place while it is on its way, so that
 *  nothing below it moves. */
export function LatestCaption({ lastAt }: { lastAt: string | null | undefined }) {
  return (
    <>
      Latest scores · updated{" "}
      {lastAt ? (
        formatDate(lastAt)
      ) : (
        <span aria-hidden className="invisible">
          30 Nov 2026
        </span>
      )}
    </>
  );
}
