import { Button } from "@mantine/core";
import { ArrowLeft } from "lucide-react";
import { ErrorState } from "@/components/error-state";
import { Notice } from "@/components/notice";
import { PageHeader } from "@/components/page-header";
import { Skeleton } from "@/components/skeleton";
import { MappingReview } from "./components/mapping-review";
import { usePreview } from "./queries";

interface Props {
  file: File;
  fields: Record<string, string>;
  /** decisions: as JSON, "" for none. */
  onDecided(decisions: string): void;
  onBack(): void;
}

/** What the columns of a file are taken for, before it is sent. */
export default function PreviewPage({ file, fields, onDecided, onBack }: Props) {
  const preview = usePreview(file, fields);
  return (
    <div className="mx-auto max-w-5xl">
      <PageHeader
        title="Check the columns"
        caption={`${file.name}: read from its beginning; nothing is kept yet.`}
        action={
          <Button
            variant="default"
            leftSection={<ArrowLeft aria-hidden size={16} />}
            onClick={onBack}
          >
            Back
          </Button>
        }
      />
      {preview.isPending ? (
        <div role="status" aria-label="Reading the columns">
          <Skeleton className="h-96 w-full" />
        </div>
      ) : preview.isError ? (
        <ErrorState
          title="The columns could not be read"
          error={preview.error}
          onRetry={() => void preview.refetch()}
        />
      ) : preview.data === null ? (
        <Notice level="info">
          This file is too large to be read beforehand. Send it: whatever is not sure will be asked
          then.
        </Notice>
      ) : (
        <MappingReview
          mapping={preview.data}
          action="Predict who will leave"
          busy={false}
          onDecide={(rulings) => {
            onDecided(Object.keys(rulings).length > 0 ? JSON.stringify(rulings) : "");
          }}
        />
      )}
    </div>
  );
}
