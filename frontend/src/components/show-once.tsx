import { Button } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { Check, Copy } from "lucide-react";
import { type ReactNode, useId } from "react";

const COPIED_MS = 2_000;

interface Props {
  label: string;
  value: string;
  /** What to do with it, and that it is not to be had again. */
  children: ReactNode;
}

/** A secret that the service shows once and keeps only the digest of. */
export function ShowOnce({ label, value, children }: Props) {
  const id = useId();
  const { copy, copied, error } = useClipboard({ timeout: COPIED_MS });
  return (
    <div className="rounded-lg bg-brand-tint p-4">
      <label htmlFor={id} className="text-sm font-semibold break-words">
        {label}
      </label>
      <p className="mt-0.5 text-sm">{children}</p>
      <div className="mt-3 flex flex-wrap gap-2">
        <input
          id={id}
          readOnly
          value={value}
          onFocus={(event) => event.target.select()}
          className="h-11 min-w-0 flex-1 basis-60 rounded-md border border-control bg-surface px-3 font-mono text-sm"
        />
        <Button
          onClick={() => copy(value)}
          leftSection={copied ? <Check aria-hidden size={16} /> : <Copy aria-hidden size={16} />}
        >
          {copied ? "Copied" : "Copy"}
        </Button>
      </div>
      <p role="status" className="mt-2 text-xs empty:hidden">
        {copied && "Copied to the clipboard."}
        {error && "The browser does not let this page copy: select the text and copy it by hand."}
      </p>
    </div>
  );
}
