import { Button, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { asProblem } from "@/api/problem";
import { ChartCard } from "@/components/chart-card";
import { Notice } from "@/components/notice";
import { industryTitle } from "@/lib/columns";
import { formatDate } from "@/lib/format";
import { type Industry, type ModelList, useShadow } from "../queries";

interface Props {
  industry: Industry;
  models: ModelList;
}

/** Names a model that every new prediction is compared with. */
export function ShadowCard({ industry, models }: Props) {
  const named = models.shadows.find((shadow) => shadow.industry === industry);
  const [chosen, setChosen] = useState(named?.version ?? "");
  const shadow = useShadow(industry);
  const changed = chosen !== (named?.version ?? "");

  const others = [...models.models, ...models.baselines].filter(
    (model) => model.industry === industry && (!model.current || model.version === named?.version),
  );
  return (
    <ChartCard
      title={`Compare another model for ${industryTitle(industry)}`}
      help="Each new file is scored by this model too, beside the one in use. Its quality report then says how far the two disagree. Nothing on the dashboard comes from it; scoring takes about twice as long."
    >
      {shadow.isError && (
        <div className="mb-3">
          <Notice level="error" problem={asProblem(shadow.error)} />
        </div>
      )}
      <div className="flex flex-wrap items-end gap-3">
        <NativeSelect
          label="Compare with"
          className="min-w-0 flex-1 basis-56"
          value={chosen}
          onChange={(event) => setChosen(event.target.value)}
          data={[
            { value: "", label: "No other model" },
            ...others.map((model) => ({
              value: model.version,
              label: `${models.baselines.includes(model) ? "The baseline" : "Your model"} ${model.version}`,
            })),
          ]}
        />
        <Button
          variant="default"
          disabled={!changed}
          loading={shadow.isPending}
          onClick={() => shadow.mutate(chosen || null)}
        >
          Save
        </Button>
      </div>
      {named && (
        <p className="mt-3 text-sm text-muted">
          Compared since {formatDate(named.named_at)}; the quality report of each new prediction
          tells how.
        </p>
      )}
    </ChartCard>
  );
}
