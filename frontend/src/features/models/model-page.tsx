import { lazy, Suspense } from "react";
import { useParams } from "react-router";
import { ChartCard, ChartCardSkeleton } from "@/components/chart-card";
import { Disclosure } from "@/components/disclosure";
import { ErrorState } from "@/components/error-state";
import { Notice } from "@/components/notice";
import { PageHeader } from "@/components/page-header";
import { SimpleTable } from "@/components/simple-table";
import { Skeleton } from "@/components/skeleton";
import { Tag } from "@/components/tag";
import { TextLink } from "@/components/text-link";
import { industryTitle } from "@/lib/columns";
import { plural } from "@/lib/format";
import { PromoteButton } from "./components/promote-button";
import { ReportView } from "./components/report-view";
import { Verdict } from "./components/verdict";
import { FIGURES } from "./figures";
import { type Model, useModel, useModels } from "./queries";
import { reportOf } from "./report";

const ModelCard = lazy(() => import("./components/model-card"));

/** One model: how good it is, how it was learnt, and its card. */
export default function ModelPage() {
  const { version = "" } = useParams();
  const model = useModel(version);
  const { data: all } = useModels();
  const common = all?.baselines.some((each) => each.version === version) ?? false;

  if (model.isPending) {
    return (
      <div role="status" aria-label="Loading the model">
        <Skeleton className="h-7 w-48" />
        <Skeleton className="mt-2 mb-5 h-4 w-32" />
        <div className="flex flex-col gap-4">
          <ChartCardSkeleton height="h-72" />
          <ChartCardSkeleton height="h-72" />
        </div>
      </div>
    );
  }
  if (model.isError && !model.data) {
    return (
      <ErrorState
        page
        title="This model could not be loaded"
        error={model.error}
        onRetry={() => void model.refetch()}
      />
    );
  }
  const { current, industry, horizon_days, card, training_id } = model.data;
  const report = reportOf(model.data);
  return (
    <>
      <PageHeader
        title={common ? "Baseline model" : "Your own model"}
        caption={`${industryTitle(industry)} · chance of leaving within ${plural(horizon_days, "day")} · version ${version}`}
        action={!current && !common && <PromoteButton model={model.data} variant="filled" />}
      />
      <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
        <TextLink to="/models">All models</TextLink>
        {training_id && (
          <TextLink to={`/models/trainings/${training_id}`}>The training it came from</TextLink>
        )}
        {current && <Tag tone="brand">In use</Tag>}
      </div>
      <div className="flex flex-col gap-4 lg:gap-5">
        {report ? (
          <>
            <ChartCard title="Is it worth using?">
              <Verdict report={report} />
            </ChartCard>
            <ReportView report={report} />
          </>
        ) : (
          <PlainFigures model={model.data} common={common} />
        )}
        <ChartCard title="Model card">
          <Disclosure summary="What it is, where it was tested, and where it cannot be">
            <Suspense fallback={<Skeleton className="h-60 w-full" />}>
              <ModelCard card={card} />
            </Suspense>
          </Disclosure>
        </ChartCard>
      </div>
    </>
  );
}

/** The figures of a model whose report is not kept: a baseline, or one whose training was deleted. */
function PlainFigures({ model, common }: { model: Model; common: boolean }) {
  const shown = FIGURES.filter(({ name }) => model.metrics[name] !== undefined);
  return (
    <ChartCard title="Figures">
      {!common && (
        <div className="mb-4">
          <Notice level="info">
            The training was deleted, and with it the plots. The model and its figures stay.
          </Notice>
        </div>
      )}
      <SimpleTable
        caption="Figures on customers that the model had not seen"
        columns={[{ title: "Figure" }, { title: "Value", figures: true }]}
        rows={shown.map(({ name, title, help, write }) => ({
          key: name,
          cells: [
            <span key="name">
              {title}
              <span className="block text-xs font-normal text-muted">{help}</span>
            </span>,
            write(model.metrics[name] ?? 0),
          ],
        }))}
      />
    </ChartCard>
  );
}
