import { ChartCard } from "@/components/chart-card";
import { TextLink } from "@/components/text-link";
import { industryTitle } from "@/lib/columns";
import { formatCount, formatDate } from "@/lib/format";
import { FIGURES } from "../figures";
import type { Industry, Model, ModelList } from "../queries";
import { RollBackButton } from "./roll-back-button";

const SHOWN = FIGURES.slice(0, 3);

interface Props {
  industry: Industry;
  models: ModelList;
}

/** The model that scores the files of one industry now. */
export function InUseCard({ industry, models }: Props) {
  const own = models.models.find((model) => model.current && model.industry === industry);
  const model = own ?? models.baselines.find((each) => each.industry === industry);
  if (!model) return null;
  const back = models.steps_back.find((each) => each.industry === industry);
  const change = own ? models.history.find((each) => each.industry === industry) : undefined;
  return (
    <ChartCard
      title={`In use for ${industryTitle(industry)}`}
      action={<span className="text-xs text-muted">version {model.version}</span>}
    >
      <p className="text-lg font-semibold tracking-tight">
        {own ? "Your own model" : "RetainWise's baseline"}
      </p>
      <p className="mt-0.5 text-sm text-muted">
        {own
          ? `Trained on ${formatCount(model.metrics.rows)} customers of yours${change?.at ? `, in use since ${formatDate(change.at)}` : ""}.`
          : ABOUT_BASELINE[industry]}
      </p>
      <Figures model={model} />
      <div className="mt-5 flex flex-wrap items-center gap-x-5 gap-y-3">
        <TextLink to={`/models/${model.version}`}>Figures and card</TextLink>
        {back && <RollBackButton industry={industry} version={back.version} />}
      </div>
    </ChartCard>
  );
}

const ABOUT_BASELINE: Record<Industry, string> = {
  saas: "A general model from simulated companies that has never seen your customers: read its chances as a ranking. A model of your own does better once you have customers who left.",
  telecom:
    "A general model, trained on a public sample of 7,043 telecom customers. A model of your own fits your customers better.",
};

function Figures({ model }: { model: Model }) {
  const shown = SHOWN.filter(({ name }) => model.metrics[name] !== undefined);
  return (
    <dl className="mt-5 grid grid-cols-2 gap-x-4 gap-y-4 sm:grid-cols-3">
      {shown.map(({ name, title, write }) => (
        <div key={name}>
          <dt className="text-xs text-muted">{title}</dt>
          <dd className="mt-0.5 text-xl font-semibold tracking-tight">
            {write(model.metrics[name] ?? 0)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
