import { ChartCard } from "@/components/chart-card";
import { SimpleTable } from "@/components/simple-table";
import { Tag } from "@/components/tag";
import { TextLink } from "@/components/text-link";
import { industryTitle } from "@/lib/columns";
import { formatCount } from "@/lib/format";
import { FIGURES } from "../figures";
import type { Model } from "../queries";
import { PromoteButton } from "./promote-button";

const SHOWN = FIGURES.slice(0, 3);

/** Every model of one's own, to be looked at and put to use. */
export function VersionsCard({ models }: { models: Model[] }) {
  return (
    <ChartCard
      title="Your models"
      help="All figures are on customers that the model had not seen. Figures of models that were tested on different files cannot be compared to the last digit."
    >
      <SimpleTable
        caption="Your models"
        columns={[
          { title: "Version" },
          { title: "For" },
          ...SHOWN.map(({ title }) => ({ title, figures: true })),
          { title: "Trained on", figures: true },
          { title: "Use", bare: true, figures: true, className: "md:w-36" },
        ]}
        rows={models.map((model) => ({
          key: model.version,
          cells: [
            <TextLink key="version" to={`/models/${model.version}`}>
              {model.version}
            </TextLink>,
            industryTitle(model.industry),
            ...SHOWN.map(({ name, write }) => {
              const value = model.metrics[name];
              return value === undefined ? "–" : write(value);
            }),
            formatCount(model.metrics.rows),
            model.current ? (
              <Tag key="use" tone="brand">
                In use
              </Tag>
            ) : (
              <div key="use" className="md:-my-2">
                <PromoteButton model={model} />
              </div>
            ),
          ],
        }))}
      />
    </ChartCard>
  );
}
