import { ArrowRight, CircleAlert, CircleCheck } from "lucide-react";
import type { Report } from "@/api/report";
import { ChartCard } from "@/components/chart-card";
import { SimpleTable } from "@/components/simple-table";
import { Tag } from "@/components/tag";
import { columnTitle, plainSentence } from "@/lib/columns";
import { sureness } from "@/lib/sureness";

/** What each column of the file was taken for, and what the file has not. */
export function ColumnsCard({ report }: { report: Report }) {
  const absent: [string, string, string[]][] = [
    ["Required, and not in this file", "Customers were scored without.", report.missing_required],
    ["Would help, and not in this file", "", report.missing_optional],
    [
      "Other columns, kept as they are; a model of your own may read them",
      "",
      report.extra_columns,
    ],
  ];
  return (
    <ChartCard
      title="Columns"
      help="What each column of your file was read as, how sure that is, and why. Put a wrong one right at the next upload; it is remembered."
    >
      <SimpleTable
        caption="What each column of the file was read as"
        columns={[
          { title: "In your file" },
          { title: "Read as", bare: true },
          { title: "How sure", bare: true, className: "md:w-44" },
          { title: "Why", bare: true, className: "md:w-2/5" },
        ]}
        rows={report.columns_mapped.map((each) => ({
          key: each.column,
          cells: [
            <span key="column" className="break-all">
              {each.column}
            </span>,
            <span key="canonical" className="inline-flex items-center gap-2">
              <ArrowRight aria-hidden size={14} className="shrink-0 text-muted md:hidden" />
              {columnTitle(each.canonical)}
            </span>,
            <Confidence key="sure" confidence={each.confidence} />,
            <span key="why" className="text-muted max-md:text-xs">
              {plainSentence(each.evidence)}
            </span>,
          ],
        }))}
      />
      {absent.map(([title, note, names]) =>
        names.length === 0 ? null : (
          <div key={title} className="mt-5">
            <h3 className="text-sm font-semibold">{title}</h3>
            {note && <p className="text-sm text-muted">{note}</p>}
            <ul className="mt-2 flex flex-wrap gap-2">
              {names.map((name) => (
                <li
                  key={name}
                  className="rounded-full border border-line px-2.5 py-0.5 text-sm break-all"
                >
                  {names === report.extra_columns ? name : columnTitle(name)}
                </li>
              ))}
            </ul>
          </div>
        ),
      )}
    </ChartCard>
  );
}

const SURE_FROM = 80;
const LIKELY_FROM = 60;

/** confidence: 0-100. In a word and in percent, as few know what 83 % of a mapping means. */
export function Confidence({ confidence }: { confidence: number }) {
  const tone = confidence >= SURE_FROM ? "good" : confidence >= LIKELY_FROM ? "neutral" : "fair";
  return (
    <span className="inline-flex items-center gap-2">
      <Tag tone={tone} icon={tone === "good" ? CircleCheck : CircleAlert}>
        {sureness(confidence)}
      </Tag>
      <span className="text-muted">{Math.round(confidence)}%</span>
    </span>
  );
}
