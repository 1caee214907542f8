import { CircleAlert, CircleCheck, type LucideIcon, TriangleAlert } from "lucide-react";
import type { components } from "@/api/schema";
import { ChartCard } from "@/components/chart-card";
import { Disclosure } from "@/components/disclosure";
import { SimpleTable } from "@/components/simple-table";
import { Tag, type Tone } from "@/components/tag";
import { columnTitle, plainSentence } from "@/lib/columns";
import { formatPercent, plural } from "@/lib/format";

type Drift = components["schemas"]["Drift"];
type FeatureDrift = components["schemas"]["FeatureDrift"];

const ALERTS: Record<Drift["alert"], { word: string; tone: Tone; icon: LucideIcon }> = {
  none: { word: "Nothing to act on", tone: "good", icon: CircleCheck },
  watch: { word: "Watch", tone: "fair", icon: CircleAlert },
  high: { word: "Take care", tone: "bad", icon: TriangleAlert },
};

const LEVELS: Record<FeatureDrift["level"], { word: string; tone: Tone }> = {
  none: { word: "alike", tone: "good" },
  shifted: { word: "differs", tone: "fair" },
  strong: { word: "differs strongly", tone: "bad" },
};

/** Whether these customers are like those that the model learnt from. */
export function DriftCard({ drift }: { drift: Drift }) {
  const { word, tone, icon } = ALERTS[drift.alert];
  const differing = drift.features.filter((each) => each.level !== "none");
  return (
    <ChartCard
      title="Are these customers like those the model knows?"
      help="The farther your customers are from those that the model learnt from, the more a score is a guess. The stability index compares how values are spread: below 0.1 is little, from 0.25 is another population."
    >
      <Tag tone={tone} icon={icon}>
        {word}
      </Tag>
      <p className="mt-2 max-w-3xl text-sm">{plainSentence(drift.sentence)}</p>
      {differing.length > 0 &&
        (drift.alert === "none" ? (
          <Disclosure summary={`What differs in ${plural(differing.length, "feature")}`}>
            <Differing features={differing} simulated={drift.simulated} />
          </Disclosure>
        ) : (
          <div className="mt-4">
            <Differing features={differing} simulated={drift.simulated} />
          </div>
        ))}
    </ChartCard>
  );
}

/** simulated: to differ from an assumption is nothing to be warned of. */
function Differing({ features, simulated }: { features: FeatureDrift[]; simulated: boolean }) {
  return (
    <SimpleTable
      caption="Features that are spread differently"
      columns={[
        { title: "Feature" },
        { title: "Spread", className: "md:w-40" },
        { title: "Stability index", figures: true, className: "md:w-36" },
        { title: "Moved most", className: "md:w-2/5" },
      ]}
      rows={features.map((each) => ({
        key: each.feature,
        cells: [
          columnTitle(each.feature),
          <Tag key="level" tone={simulated ? "neutral" : LEVELS[each.level].tone}>
            {LEVELS[each.level].word}
          </Tag>,
          each.psi?.toFixed(2) ?? "–",
          <span key="moved" className="text-muted">
            {movedOf(each)}
          </span>,
        ],
      }))}
    />
  );
}

function movedOf({ moved }: FeatureDrift): string {
  if (!moved) return "";
  return `${columnTitle(moved.label)}: ${formatPercent(moved.share, 0)} of yours, ${formatPercent(moved.reference_share, 0)} of those`;
}
