import type { Prediction } from "@/api/predictions";
import { useChanges, useNewest } from "../queries";
import { ChangesCard } from "./changes-card";
import { Drivers } from "./drivers";
import { SummaryCard, type SummaryState } from "./summary-card";

interface Props {
  /** The one that is shown; absent where it is everyone's latest score. */
  prediction: Prediction | undefined;
  summary: SummaryState;
  /** Whether filters choose among the customers. */
  filtered: boolean;
}

/** What moves the risk, and beside it what changed since the upload before, where there is one. */
export function DriversRow({ prediction, summary, filtered }: Props) {
  const newest = useNewest(prediction === undefined);
  const comparedId = prediction?.id ?? newest.data?.id ?? null;
  const changes = useChanges(comparedId);
  const compares = comparedId !== null && changes.data !== null;
  return (
    <div className="mb-5 grid gap-5 md:grid-cols-5">
      <SummaryCard
        title="Top drivers"
        help="What moves the chance of leaving most, up or down, on average over these customers, in percentage points. It is what the model sees, not proof of a cause."
        summary={summary}
        className={compares ? "md:col-span-3" : "md:col-span-5"}
        skeletonHeight="h-96"
      >
        {(data) => <Drivers drivers={data.drivers} wide={!compares} />}
      </SummaryCard>
      {compares && (
        <ChangesCard
          predictionId={comparedId}
          query={changes}
          filename={newest.data?.filename}
          filtered={filtered}
          className="md:col-span-2"
        />
      )}
    </div>
  );
}
