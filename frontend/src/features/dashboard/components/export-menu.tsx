import { Button } from "@mantine/core";
import { Download, FileSpreadsheet, FileText, type LucideIcon } from "lucide-react";
import { asProblem } from "@/api/problem";
import { Notice } from "@/components/notice";
import { Popup } from "@/components/popup";
import { ProgressBar } from "@/components/progress-bar";
import { TextLink } from "@/components/text-link";
import { formatBytes, formatCount, plural } from "@/lib/format";
import { type Export, type Format, useExport } from "../exports";
import type { View } from "../filters";
import type { Scope } from "../scope";

const FORMATS: { format: Format; label: string; icon: LucideIcon }[] = [
  { format: "csv", label: "CSV", icon: FileText },
  { format: "xlsx", label: "Excel", icon: FileSpreadsheet },
];

interface Props {
  scope: Scope;
  view: View;
  /** Customers that the filters leave; undefined while that is not known. */
  rows: number | undefined;
}

/** What the filters leave as a file: written by the service, with its progress, then handed to the browser. */
export function ExportMenu({ scope, view, rows }: Props) {
  const { file, busy, error, order, orderAgain, download } = useExport(scope, view);
  const problem = error ? asProblem(error) : null;
  return (
    <Popup
      label="Export"
      position="bottom-end"
      width={272}
      padding="xs"
      trapFocus
      returnFocus
      withOverlay
      button={(opens) => (
        <Button {...opens} variant="default" leftSection={<Download aria-hidden size={16} />}>
          {busy ? "Exporting…" : "Export"}
        </Button>
      )}
    >
      {FORMATS.map(({ format, label, icon: Icon }) => (
        <button
          key={format}
          type="button"
          // A button that is disabled loses the focus, and with it Escape.
          aria-disabled={busy || !rows}
          onClick={() => {
            if (!busy && rows) order(format);
          }}
          className="flex min-h-11 w-full cursor-pointer items-center gap-3 rounded-md px-2 text-left text-sm hover:bg-sunken aria-disabled:cursor-default aria-disabled:opacity-60"
        >
          <Icon aria-hidden size={16} className="shrink-0 text-muted" />
          <span className="flex-1 font-medium">{label} </span>
          <span className="text-xs text-muted">
            {rows === undefined ? "" : plural(rows, "row")}
          </span>
        </button>
      ))}
      {problem ? (
        <div className="mt-2">
          <Notice
            level="error"
            problem={problem}
            action={
              problem.unlocks ? (
                <TextLink to="/pricing">See the plans</TextLink>
              ) : (
                <button
                  type="button"
                  onClick={orderAgain}
                  className="-my-1 min-h-11 cursor-pointer font-medium underline"
                >
                  Try again
                </button>
              )
            }
          />
        </div>
      ) : (
        file && (
          <div role="status" className="mt-2 border-t border-line px-2 pt-3 pb-1">
            <Told file={file} onDownload={() => download(file)} />
          </div>
        )
      )}
    </Popup>
  );
}

function Told({ file, onDownload }: { file: Export; onDownload: () => void }) {
  if (file.status !== "COMPLETED") {
    return (
      <>
        <ProgressBar label="The export" share={file.rows ? file.rows_done / file.rows : null} />
        <p className="mt-2 text-xs text-muted">
          {formatCount(file.rows_done)} of {plural(file.rows, "row")}
        </p>
      </>
    );
  }
  return (
    <>
      <p className="text-xs break-words text-muted">
        {file.filename}, {formatBytes(file.size_bytes)}, was sent to your browser.
      </p>
      <button
        type="button"
        onClick={onDownload}
        className="min-h-11 cursor-pointer text-sm font-medium text-brand hover:underline"
      >
        Download it again
      </button>
    </>
  );
}
