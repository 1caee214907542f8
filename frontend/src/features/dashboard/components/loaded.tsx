import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { asProblem } from "@/api/problem";
import { ErrorState } from "@/components/error-state";
import { Notice } from "@/components/notice";

interface Props<T> {
  /** What it shows: "The customers". */
  what: string;
  data: T | undefined;
  /** Whether `data` is of an earlier question. */
  stale: boolean;
  /** Why the present question has no answer. */
  error: unknown;
  onRetry: () => void;
  /** The size of what comes. */
  skeleton: ReactNode;
  /** Whether another part of the page already says that what it shows is old. */
  quiet?: boolean;
  children: (data: T) => ReactNode;
}

/** Waiting, failed, old or there: what every card decides by. */
export function Loaded<T>({
  what,
  data,
  stale,
  error,
  onRetry,
  skeleton,
  quiet,
  children,
}: Props<T>) {
  if (data === undefined) {
    if (!error) return skeleton;
    return <ErrorState title={`${what} could not be loaded`} error={error} onRetry={onRetry} />;
  }
  return (
    <>
      {error !== null && !quiet && (
        <div className="mb-4">
          <Notice
            level="error"
            problem={asProblem(error)}
            action={
              <Button variant="default" onClick={onRetry}>
                Try again
              </Button>
            }
          >
            {stale ? " These are the last figures that arrived." : null}
          </Notice>
        </div>
      )}
      <div
        aria-busy={stale}
        className={`transition-opacity duration-200 ${stale ? "opacity-60 delay-150" : ""}`}
      >
        {children(data)}
      </div>
    </>
  );
}
