import type { Report } from "@/api/report";
import { ChartCard } from "@/components/chart-card";
import { DownloadButton } from "@/components/download-button";
import { formatCount, plural } from "@/lib/format";

interface Props {
  id: string;
  report: Report;
}

/** Where the file's rows went. */
export function RowsCard({ id, report }: Props) {
  const { rows, grain, predictions } = report;
  const aside = rows.quarantined;
  const facts: [string, number][] = [
    ["Rows read", rows.read],
    ...(rows.folded ? ([["Joined into another row", rows.folded]] as [string, number][]) : []),
    ...(rows.left_out ?? []).map((each): [string, number] => [
      `Left out: ${each.reason}`,
      each.count,
    ]),
    ["Set aside", aside],
    ["Customers scored", predictions.rows],
  ];
  return (
    <ChartCard
      title="Rows"
      help="Rows that cannot be scored are set aside with the reason, never guessed. Download them, mend them, and upload the file again."
    >
      <dl className="flex flex-col gap-2.5 text-sm">
        {facts.map(([name, count]) => (
          <div key={name} className="flex justify-between gap-4">
            <dt className="min-w-0 break-words text-muted">{name}</dt>
            <dd className="font-medium">{formatCount(count)}</dd>
          </div>
        ))}
      </dl>
      {grain && (
        <p className="mt-4 text-sm text-muted">
          One row of the file is one {grain.row}. {grain.rule}
        </p>
      )}
      {aside > 0 && (
        <div data-print="hide" className="mt-4">
          <DownloadButton
            href={`/api/predictions/${id}/quarantine`}
            filename={`set-aside-${id}.csv`}
          >
            Download {plural(aside, "row")} with reasons
          </DownloadButton>
        </div>
      )}
    </ChartCard>
  );
}
