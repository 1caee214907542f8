import { useMutation } from "@tanstack/react-query";
import { asProblem } from "@/api/problem";
import { ChartCard } from "@/components/chart-card";
import { DownloadLink } from "@/components/download-link";
import { ErrorState } from "@/components/error-state";
import { Notice } from "@/components/notice";
import { Skeleton } from "@/components/skeleton";
import { useTemplates } from "../queries";
import { fetchSample, type Sample, samplesOf } from "../samples";

interface Props {
  onTry(sample: Sample, file: File): void;
}

/** Files to try it with, and what their columns mean. */
export function Samples({ onTry }: Props) {
  const templates = useTemplates();
  const trying = useMutation({
    mutationFn: async (sample: Sample) => ({ sample, file: await fetchSample(sample) }),
    onSuccess: ({ sample, file }) => {
      onTry(sample, file);
    },
  });
  return (
    <ChartCard title="No file yet?">
      {templates.isPending ? (
        <Skeleton className="h-72 w-full" />
      ) : templates.isError ? (
        <ErrorState
          title="The samples could not be loaded"
          error={templates.error}
          onRetry={() => void templates.refetch()}
        />
      ) : (
        <>
          {trying.isError && (
            <div className="mb-3">
              <Notice level="error" problem={asProblem(trying.error)} />
            </div>
          )}
          <ul className="flex flex-col">
            {samplesOf(templates.data).map((sample) => (
              <li
                key={sample.href}
                className="flex items-center justify-between gap-x-4 border-b border-line py-2.5 last:border-b-0"
              >
                <span className="min-w-0">
                  <span className="block text-sm font-medium">{sample.title}</span>
                  <span className="block text-xs text-muted">{sample.about}</span>
                </span>
                <span className="flex shrink-0 flex-col items-end gap-x-4 gap-y-2 xs:flex-row xs:items-center">
                  <DownloadLink href={sample.href} filename={sample.filename}>
                    Download<span className="sr-only"> {sample.title}</span>
                  </DownloadLink>
                  <button
                    type="button"
                    aria-label={`Try it with ${sample.title}`}
                    disabled={trying.isPending}
                    onClick={() => {
                      trying.mutate(sample);
                    }}
                    className="-my-3 inline-flex min-h-11 min-w-11 cursor-pointer items-center justify-end text-sm font-medium text-brand hover:underline disabled:opacity-60"
                  >
                    Try it
                  </button>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </ChartCard>
  );
}
