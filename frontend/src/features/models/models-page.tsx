import { Button } from "@mantine/core";
import { GraduationCap } from "lucide-react";
import { Link } from "react-router";
import { ChartCardSkeleton } from "@/components/chart-card";
import { EmptyState } from "@/components/empty-state";
import { Card } from "@/components/card";
import { ErrorState } from "@/components/error-state";
import { LockedNotice } from "@/components/locked-notice";
import { Notice } from "@/components/notice";
import { PageHeader } from "@/components/page-header";
import { HistoryCard } from "./components/history-card";
import { InUseCard } from "./components/in-use-card";
import { ShadowCard } from "./components/shadow-card";
import { TrainingsCard } from "./components/trainings-card";
import { VersionsCard } from "./components/versions-card";
import {
  type Industry,
  type Model,
  type ModelList,
  useModels,
  useOwnModelsOpen,
  useTrainings,
} from "./queries";

/** What scores the customers, what else there is, and how it came to be. */
export default function ModelsPage() {
  const models = useModels();
  const trainings = useTrainings();
  const open = useOwnModelsOpen();
  const train = (
    <Button
      component={Link}
      to="/models/train"
      leftSection={<GraduationCap aria-hidden size={16} />}
    >
      Train a model
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Models"
        caption="What scores your customers, and how well."
        action={open && train}
      />
      {!open && (
        <div className="mb-4 lg:mb-5">
          <LockedNotice feature="own_models" />
        </div>
      )}
      {models.isPending ? (
        <ModelsSkeleton />
      ) : models.isError && !models.data ? (
        <ErrorState
          title="The models could not be loaded"
          error={models.error}
          onRetry={() => void models.refetch()}
        />
      ) : (
        <Content models={models.data} trainings={trainings} open={open} />
      )}
    </>
  );
}

interface ContentProps {
  models: ModelList;
  trainings: ReturnType<typeof useTrainings>;
  open: boolean;
}

function Content({ models, trainings, open }: ContentProps) {
  const own = industriesOf(models.models);
  const served = industriesOf([...models.baselines, ...models.models]);
  const learnt = trainings.data?.trainings ?? [];
  return (
    <div className="flex flex-col gap-4 lg:gap-5">
      {models.refused.map((refused) => (
        <Notice key={refused.version} level="warning">
          Model {refused.version} cannot be used: {refused.reason}
        </Notice>
      ))}
      <div
        className={`grid gap-4 lg:gap-5 [&>*]:min-w-0 ${served.length > 1 ? "lg:grid-cols-2" : ""}`}
      >
        {served.map((industry) => (
          <InUseCard key={industry} industry={industry} models={models} />
        ))}
      </div>
      {models.models.length > 0 && <VersionsCard models={models.models} />}
      {open && models.models.length === 0 && learnt.length === 0 && !trainings.isError && (
        <Card>
          <EmptyState icon={GraduationCap} title="No model of your own yet">
            Upload a file of customers of whom you know who left and who stayed: from 50 customers
            on, with at least 15 of each, a model of your own can be tried. It is used only if it
            beats the present one beyond chance.
          </EmptyState>
        </Card>
      )}
      {trainings.isError && !trainings.data && (
        <Card>
          <ErrorState
            title="The trainings could not be loaded"
            error={trainings.error}
            onRetry={() => void trainings.refetch()}
          />
        </Card>
      )}
      {learnt.length > 0 && <TrainingsCard trainings={learnt} />}
      <div className="grid gap-4 lg:grid-cols-2 lg:gap-5 [&>*]:min-w-0">
        {models.history.length > 0 && <HistoryCard history={models.history} />}
        {models.models.length > 0 && (
          <div className="flex flex-col gap-4 lg:gap-5">
            {own.map((industry) => (
              <ShadowCard key={industry} industry={industry} models={models} />
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

/** Each industry that has one of the models, once. */
function industriesOf(models: Model[]): Industry[] {
  return [...new Set(models.map((model) => model.industry))] as Industry[];
}

function ModelsSkeleton() {
  return (
    <div role="status" aria-label="Loading the models" className="flex flex-col gap-4 lg:gap-5">
      <div className="grid gap-4 lg:grid-cols-2 lg:gap-5">
        <ChartCardSkeleton height="h-40" />
        <ChartCardSkeleton height="h-40" />
      </div>
      <ChartCardSkeleton height="h-48" />
    </div>
  );
}
