import { Button } from "@mantine/core";
import { CloudOff } from "lucide-react";
import { asProblem } from "@/api/problem";
import { LockedNotice } from "./locked-notice";

interface Props {
  error: unknown;
  /** What could not be shown: "The risk distribution". */
  title?: string;
  onRetry?: () => void;
  /** Whether it stands for a whole page, and so carries its first heading. */
  page?: boolean;
}

/** What failed, what to do, and the request id that support asks for. */
export function ErrorState({ error, title = "This could not be loaded", onRetry, page }: Props) {
  const problem = asProblem(error);
  // What a plan does not hold is no failure, and trying again does not open it.
  if (problem.status === 402) return <LockedNotice problem={problem} page={page} />;
  const Heading = page ? "h1" : "h3";
  return (
    <div role="alert" className="flex flex-col items-center px-4 py-10 text-center">
      <span className="mb-4 flex size-12 items-center justify-center rounded-full bg-high-tint text-high">
        <CloudOff aria-hidden size={22} />
      </span>
      <Heading className="text-base font-semibold">{title}</Heading>
      <p className="mt-1 max-w-md text-sm text-muted">{problem.message}</p>
      {onRetry && (
        <Button variant="default" className="mt-5" onClick={onRetry}>
          Try again
        </Button>
      )}
      {problem.requestId && (
        <p className="mt-4 text-xs text-muted">
          Request id <code className="break-all select-all">{problem.requestId}</code>
        </p>
      )}
    </div>
  );
}
