import { Download } from "lucide-react";
import { type MouseEvent, type ReactNode, useState } from "react";
import { keepFile } from "@/api/keep-file";
import { asProblem } from "@/api/problem";
import { useAuth } from "@/auth/auth";

interface Props {
  /** The gateway's path of the file. */
  href: string;
  /** What the file is called on the person's disk. */
  filename: string;
  children: ReactNode;
}

/** A link within text to a file of the gateway's; beside DownloadButton, where a button would be too loud. */
export function DownloadLink({ href, filename, children }: Props) {
  const { kind } = useAuth();
  const [fault, setFault] = useState<string | null>(null);

  function bring(event: MouseEvent) {
    if (kind === "builtin") return;
    event.preventDefault();
    keepFile(href, filename).then(
      () => {
        setFault(null);
      },
      (error: unknown) => {
        setFault(asProblem(error).message);
      },
    );
  }

  return (
    <span className="inline-flex flex-col">
      <a
        href={href}
        download={filename}
        onClick={bring}
        className="-my-3 inline-flex min-h-11 items-center gap-1.5 text-sm font-medium text-brand hover:underline"
      >
        <Download aria-hidden size={15} />
        {children}
      </a>
      {fault && (
        <span role="alert" className="text-xs text-high">
          {fault}
        </span>
      )}
    </span>
  );
}
