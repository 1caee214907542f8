import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { Link, useParams } from "react-router";
import { Card } from "@/components/card";
import { ChartCard } from "@/components/chart-card";
import { ErrorState } from "@/components/error-state";
import { Notice } from "@/components/notice";
import { PageHeader } from "@/components/page-header";
import { PageSkeleton } from "@/components/page-skeleton";
import { TextLink } from "@/components/text-link";
import { formatDateTime } from "@/lib/format";
import { DeleteTrainingButton } from "./components/delete-training-button";
import { PromoteButton } from "./components/promote-button";
import { ReportView } from "./components/report-view";
import { TrainingSteps } from "./components/training-steps";
import { Verdict } from "./components/verdict";
import { type Training, useModels, useTraining } from "./queries";
import { reportOf } from "./report";

interface Props {
  /** Puts the questions of a training that waits for answers; a feature of its own. */
  questions(training: Training): ReactNode;
}

/** One training: how far it is, what it asks, or what came of it. */
export default function TrainingPage({ questions }: Props) {
  const { training: id = "" } = useParams();
  const query = useTraining(id);
  if (query.isPending) return <PageSkeleton />;
  if (query.isError && !query.data) {
    return (
      <ErrorState
        page
        title="This training could not be loaded"
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  const training = query.data;
  if (training.status === "NEEDS_MAPPING") return questions(training);
  const report = reportOf(training);
  return (
    <div className={report ? "" : "mx-auto max-w-3xl"}>
      <PageHeader
        title={titleOf(training)}
        caption={
          <>
            <span className="break-all">{training.filename}</span> · uploaded{" "}
            {formatDateTime(training.created_at)}
          </>
        }
        action={<DeleteTrainingButton training={training} />}
      />
      <p className="mb-4 text-sm">
        <TextLink to="/models">All models</TextLink>
      </p>
      {training.error && (
        <div className="mb-4">
          <Notice level="error">
            {training.error.message}
            <span className="mt-1 block text-xs">Code {training.error.code}</span>
          </Notice>
        </div>
      )}
      {report ? (
        <div className="flex flex-col gap-4 lg:gap-5">
          <ChartCard title="Is it worth using?">
            <Verdict report={report} />
            <Next training={training} />
          </ChartCard>
          <ReportView report={report} />
        </div>
      ) : (
        <>
          <Card>
            <TrainingSteps training={training} />
          </Card>
          {training.status !== "FAILED" && (
            <p className="mt-4 text-center text-sm text-muted">
              You may close this page: the work goes on.
            </p>
          )}
        </>
      )}
    </div>
  );
}

function titleOf({ status }: Training): string {
  if (status === "COMPLETED") return "Training result";
  return status === "FAILED" ? "Nothing could be learnt from this file" : "Training a model";
}

/** What can be done with the model that was made, if one was. */
function Next({ training }: { training: Training }) {
  const { data: models } = useModels();
  const made = models?.models.find((model) => model.version === training.version);
  if (!training.version) {
    return (
      <Button component={Link} to="/models/train" variant="default" className="mt-4">
        Try another file
      </Button>
    );
  }
  return (
    <div className="mt-4 flex flex-wrap items-center gap-x-5 gap-y-3">
      {made && !made.current && <PromoteButton model={made} variant="filled" />}
      {made?.current && <p className="text-sm font-medium">It is in use.</p>}
      <TextLink to={`/models/${training.version}`}>Model {training.version}</TextLink>
    </div>
  );
}
