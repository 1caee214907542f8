import type { Report } from "@/api/report";
import { ChartCard } from "@/components/chart-card";
import { industryTitle } from "@/lib/columns";
import { formatCount, formatDate, formatPercent } from "@/lib/format";

const DELIMITERS: Record<string, string> = {
  ",": "commas",
  ";": "semicolons",
  "\t": "tabs",
  "|": "bars",
};

/** How the bytes became a table, and what they were taken for. */
export function ReadingCard({ report }: { report: Report }) {
  const { file, signature, industry, snapshot_date } = report;
  const facts: [string, string][] = [
    ["Read as", `${industryTitle(industry)}, as of ${formatDate(snapshot_date)}`],
    ["Size", `${formatCount(file.rows)} rows, ${formatCount(file.columns)} columns`],
  ];
  if (signature) {
    const sure = formatPercent(signature.confidence / 100, 0);
    facts.push(["Looks like an export of", `${signature.tool} (${sure} sure)`]);
  }
  if (file.encoding) facts.push(["Text encoding", file.encoding]);
  if (file.delimiter) {
    facts.push(["Separator", DELIMITERS[file.delimiter] ?? `“${file.delimiter}”`]);
  }
  if (file.compression) facts.push(["Compression", file.compression]);
  return (
    <ChartCard title="How the file was read">
      <dl className="flex flex-wrap gap-x-12 gap-y-3 text-sm">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="text-xs text-muted">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {file.repairs.length > 0 && (
        <ul className="mt-4 list-disc pl-5 text-sm">
          {file.repairs.map((repair) => (
            <li key={repair.code}>
              {repair.message} ({formatCount(repair.count)})
            </li>
          ))}
        </ul>
      )}
    </ChartCard>
  );
}
