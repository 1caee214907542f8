import { Button } from "@mantine/core";
import { Link } from "react-router";
import type { Prediction } from "@/api/predictions";
import { Card } from "@/components/card";
import { Notice } from "@/components/notice";
import { PageHeader } from "@/components/page-header";
import { plainSentence } from "@/lib/columns";
import { formatDateTime } from "@/lib/format";
import { DeleteButton } from "./delete-button";
import { ProgressSteps } from "./progress-steps";

/** A prediction that is under way, or that failed on it. */
export function PredictionProgress({ prediction }: { prediction: Prediction }) {
  const failed = prediction.status === "FAILED";
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        title={failed ? "This file could not be scored" : "Scoring your customers"}
        caption={`${prediction.filename} · uploaded ${formatDateTime(prediction.created_at)}`}
        action={
          <>
            <DeleteButton prediction={prediction} />
            {failed && (
              <Button component={Link} to="/upload">
                Upload another file
              </Button>
            )}
          </>
        }
      />
      {failed && prediction.error && (
        <div className="mb-4">
          <Notice level="error">
            {plainSentence(prediction.error.message)}
            <span className="mt-1 block text-xs">Code {prediction.error.code}</span>
          </Notice>
        </div>
      )}
      <Card>
        <ProgressSteps prediction={prediction} />
      </Card>
      {!failed && (
        <p role="status" className="mt-4 text-center text-sm text-muted">
          You may close this page: the work goes on, and its results are under{" "}
          <Link to="/predictions" className="font-medium text-brand">
            Predictions
          </Link>
          .
        </p>
      )}
    </div>
  );
}
