import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import { Card } from "@/components/card";

interface Props {
  title: string;
  caption?: ReactNode;
  children: ReactNode;
  /** Below the card: the other way in. */
  foot?: ReactNode;
}

/** The one card in the middle of a page before signing in. */
export function AccountCard({ title, caption, children, foot }: Props) {
  useDocumentTitle(`${title} · RetainWise`);
  return (
    <div className="mx-auto max-w-md">
      <Card className="p-5 sm:p-8">
        <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
        {caption && <p className="mt-1.5 text-sm text-muted">{caption}</p>}
        <div className="mt-6">{children}</div>
      </Card>
      {foot && <p className="mt-4 text-center text-sm text-muted">{foot}</p>}
    </div>
  );
}
