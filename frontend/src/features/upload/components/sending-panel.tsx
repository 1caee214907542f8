import { Button } from "@mantine/core";
import { Card } from "@/components/card";
import { ProgressBar } from "@/components/progress-bar";
import { formatBytes, formatPercent } from "@/lib/format";
import type { Sent } from "../use-sending";
import { ChosenFile } from "./chosen-file";

/** A file on its way, byte by byte. */
export function SendingPanel({ sending, onCancel }: { sending: Sent; onCancel: () => void }) {
  const { file, bytes } = sending;
  const share = file.size === 0 ? 1 : bytes / file.size;
  const arrived = bytes >= file.size;
  return (
    <Card>
      <ChosenFile file={file} />
      <div className="mt-5">
        <ProgressBar share={arrived ? null : share} label={`Sending ${file.name}`} />
        <div className="mt-2 flex justify-between gap-4 text-xs text-muted tabular-nums">
          <span>
            {arrived
              ? "All of it has arrived. Storing it now."
              : `${formatBytes(bytes)} of ${formatBytes(file.size)}`}
          </span>
          {!arrived && <span>{formatPercent(share, 0)}</span>}
        </div>
      </div>
      <div className="mt-5 flex items-center justify-between gap-4">
        <p className="text-xs text-muted">Keep this page open until the file has arrived.</p>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </Card>
  );
}
