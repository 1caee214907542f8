import Markdown from "markdown-to-jsx";
import type { ComponentProps, ReactNode } from "react";

/** A table of the card scrolls by itself on a phone. */
function Table({ children }: { children?: ReactNode }) {
  return (
    <div className="my-3 overflow-x-auto" tabIndex={0} role="group" aria-label="Table of the card">
      <table className="text-sm [&_td]:border-b [&_td]:border-line [&_td]:py-1.5 [&_td]:pr-6 [&_th]:py-1.5 [&_th]:pr-6 [&_th]:text-left [&_th]:font-medium [&_th]:text-muted">
        {children}
      </table>
    </div>
  );
}

const heading = (Tag: "h3" | "h4", look: string) =>
  function Heading({ children }: { children?: ReactNode }) {
    return <Tag className={look}>{children}</Tag>;
  };

const OPTIONS: ComponentProps<typeof Markdown>["options"] = {
  // A card holds names of columns from a file: they are text, never HTML.
  disableParsingRawHTML: true,
  wrapper: "div",
  overrides: {
    h1: heading("h3", "text-base font-semibold"),
    h2: heading("h4", "mt-5 mb-1 font-semibold"),
    p: { props: { className: "my-2 max-w-3xl" } },
    ul: { props: { className: "my-2 max-w-3xl list-disc pl-5" } },
    code: { props: { className: "rounded-sm bg-sunken px-1 break-all" } },
    table: Table,
  },
};

/** The card of a model: what it is, where it was tested and where it cannot be. */
export default function ModelCard({ card }: { card: string }) {
  return (
    <div className="text-sm">
      <Markdown options={OPTIONS}>{card}</Markdown>
    </div>
  );
}
