import { ChartCard } from "@/components/chart-card";
import { DownloadLink } from "@/components/download-link";
import { Skeleton } from "@/components/skeleton";
import { columnWords } from "@/lib/columns";
import { useTemplates } from "../queries";

/** What a file should hold, and where all of it is explained. */
export function WantedColumns() {
  // That the samples beside it could not be loaded is told there, once.
  const { data, isPending } = useTemplates();
  return (
    <ChartCard title="What should be in it">
      <p className="text-sm text-muted">
        One row for each customer, or for each of their subscriptions. The columns may have any
        names; RetainWise finds out which is which, and asks where it is not sure.
      </p>
      {isPending && <Skeleton className="mt-4 h-52 w-full" />}
      <dl className="mt-4 flex flex-col gap-4">
        {data?.templates.map((template) => (
          <div key={template.industry}>
            <dt className="text-sm font-medium">{template.title}</dt>
            <dd className="mt-0.5 text-sm text-muted">
              Needs {template.required.map((name) => columnWords(name)).join(", ")}, or dates and
              amounts that give them. Up to {template.columns} columns help.
            </dd>
            <dd className="mt-3">
              <DownloadLink
                href={`/api/templates/${template.industry}?format=markdown`}
                filename={`retainwise-${template.industry}-columns.md`}
              >
                Data dictionary<span className="sr-only"> of {template.title}</span>
              </DownloadLink>
            </dd>
          </div>
        ))}
      </dl>
    </ChartCard>
  );
}
