import type { ReactNode } from "react";
import { useDocumentTitle } from "@mantine/hooks";

interface Props {
  title: string;
  /** One quiet line below: when it was scored, by which model. */
  caption?: ReactNode;
  action?: ReactNode;
}

/** A page's first heading, which also names the browser's tab. */
export function PageHeader({ title, caption, action }: Props) {
  useDocumentTitle(`${title} · RetainWise`);
  return (
    <header className="mb-5 flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
      <div className="min-w-0 flex-1 basis-40">
        <h1 className="text-xl leading-tight font-semibold tracking-tight text-balance break-words">
          {title}
        </h1>
        {caption && <p className="mt-1 text-sm text-muted">{caption}</p>}
      </div>
      {action && <div className="flex flex-wrap gap-3">{action}</div>}
    </header>
  );
}
