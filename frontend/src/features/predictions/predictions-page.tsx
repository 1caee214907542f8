import { Button } from "@mantine/core";
import { FileSpreadsheet, Upload } from "lucide-react";
import { Link } from "react-router";
import { Card } from "@/components/card";
import { EmptyState } from "@/components/empty-state";
import { ErrorState } from "@/components/error-state";
import { PageHeader } from "@/components/page-header";
import { Skeleton } from "@/components/skeleton";
import { PredictionRow } from "./components/prediction-row";
import { usePredictions } from "./queries";

/** Every file that was uploaded, and what became of it. */
export default function PredictionsPage() {
  const list = usePredictions();
  const predictions = list.data?.pages.flatMap((page) => page.predictions) ?? [];
  return (
    <>
      <PageHeader
        title="Predictions"
        caption="Every file you uploaded, newest first."
        action={
          predictions.length > 0 && (
            <Button component={Link} to="/upload" leftSection={<Upload aria-hidden size={16} />}>
              Upload a file
            </Button>
          )
        }
      />
      <Card className="overflow-hidden p-0">
        {list.isPending ? (
          <ListSkeleton />
        ) : list.isError && predictions.length === 0 ? (
          <ErrorState
            title="The predictions could not be loaded"
            error={list.error}
            onRetry={() => void list.refetch()}
          />
        ) : predictions.length === 0 ? (
          <EmptyState
            icon={FileSpreadsheet}
            title="No files yet"
            action={
              <Button component={Link} to="/upload" leftSection={<Upload aria-hidden size={16} />}>
                Upload a file
              </Button>
            }
          >
            Upload what your billing or CRM tool exports, or try it with a sample.
          </EmptyState>
        ) : (
          <ul aria-label="Predictions">
            {predictions.map((prediction) => (
              <PredictionRow key={prediction.id} prediction={prediction} />
            ))}
          </ul>
        )}
      </Card>
      {list.hasNextPage && (
        <div className="mt-4 flex justify-center">
          <Button
            variant="default"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            Show older ones
          </Button>
        </div>
      )}
    </>
  );
}

function ListSkeleton() {
  return (
    <div role="status" aria-label="Loading the predictions">
      {[0, 1, 2, 3, 4].map((row) => (
        <div
          key={row}
          className="flex items-center gap-4 border-b border-line p-4 last:border-b-0 sm:px-5"
        >
          <Skeleton className="size-10" />
          <div className="flex-1">
            <Skeleton className="h-4 w-48 max-w-full" />
            <Skeleton className="mt-2 h-3 w-32" />
          </div>
        </div>
      ))}
    </div>
  );
}
