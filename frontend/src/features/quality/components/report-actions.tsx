import { Button } from "@mantine/core";
import { Printer } from "lucide-react";
import { DownloadButton } from "@/components/download-button";

/** The report to take along: as a page to forward, or on paper. */
export function ReportActions({ id, filename }: { id: string; filename: string }) {
  const plain = filename.replace(/\.[^.]*$/, "");
  return (
    <div data-print="hide" className="flex flex-wrap gap-3">
      <DownloadButton
        href={`/api/predictions/${id}/report?format=html`}
        filename={`data-quality-${plain}.html`}
      >
        Report to forward
      </DownloadButton>
      <Button
        variant="default"
        leftSection={<Printer aria-hidden size={16} />}
        onClick={() => window.print()}
      >
        Print
      </Button>
    </div>
  );
}
