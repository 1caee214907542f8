import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { Link, Outlet, useParams } from "react-router";
import { asProblem } from "@/api/problem";
import { ErrorState } from "@/components/error-state";
import { NeedsPlan } from "@/components/needs-plan";
import { PageSkeleton } from "@/components/page-skeleton";
import { DeleteButton } from "./components/delete-button";
import { PredictionProgress } from "./components/prediction-progress";
import { useProgress } from "./use-progress";

interface Props {
  /** Where the questions of one that waits for answers are put; with a button that gives it up. */
  questions(action: ReactNode): ReactNode;
}

/** Leads to the pages of a prediction once it is completed; until then shows how far it is, what it asks, or why it
 *  failed. The pages below read it with `useQuery(predictionQuery(id))`, which is answered at once. */
export default function PredictionGate({ questions }: Props) {
  const { prediction: id = "" } = useParams();
  const query = useProgress(id);

  if (query.data) {
    if (query.data.status === "COMPLETED") return <Outlet />;
    if (query.data.status === "NEEDS_MAPPING") {
      return questions(<DeleteButton prediction={query.data} />);
    }
    if (query.data.status === "NEEDS_PLAN") {
      return (
        <NeedsPlan prediction={query.data} action={<DeleteButton prediction={query.data} />} />
      );
    }
    return <PredictionProgress prediction={query.data} />;
  }
  if (query.isPending) return <PageSkeleton />;
  const gone = asProblem(query.error).status === 404;
  return gone ? (
    <div className="flex flex-col items-center">
      <ErrorState page title="This prediction is not there" error={query.error} />
      <Button variant="default" component={Link} to="/predictions">
        See all predictions
      </Button>
    </div>
  ) : (
    <ErrorState
      page
      title="This prediction could not be loaded"
      error={query.error}
      onRetry={() => void query.refetch()}
    />
  );
}
