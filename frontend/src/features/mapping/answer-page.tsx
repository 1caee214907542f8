import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useParams } from "react-router";
import { asProblem } from "@/api/problem";
import { predictionQuery } from "@/api/predictions";
import { ErrorState } from "@/components/error-state";
import { Notice } from "@/components/notice";
import { PageHeader } from "@/components/page-header";
import { Skeleton } from "@/components/skeleton";
import { MappingReview } from "./components/mapping-review";
import { useAnswer, useMapping } from "./queries";

interface Props {
  /** What else can be done with the prediction. */
  action: ReactNode;
}

/** A prediction that waits for a person's word. */
export default function AnswerPage({ action }: Props) {
  const { prediction: id = "" } = useParams();
  const { data: prediction } = useQuery(predictionQuery(id));
  const mapping = useMapping(id);
  const answer = useAnswer(id);
  const asked = prediction?.questions.length ?? 1;
  return (
    <div className="mx-auto max-w-5xl">
      <PageHeader
        title={asked === 1 ? "A question about your file" : `${asked} questions about your file`}
        action={action}
        caption={prediction && `${prediction.filename}: nothing is guessed where it matters.`}
      />
      {answer.isError && (
        <div className="mb-4">
          <Notice level="error" problem={asProblem(answer.error)} />
        </div>
      )}
      {mapping.isPending ? (
        <Skeleton className="h-96 w-full" />
      ) : mapping.isError ? (
        <ErrorState
          title="The columns could not be loaded"
          error={mapping.error}
          onRetry={() => void mapping.refetch()}
        />
      ) : (
        <MappingReview
          mapping={mapping.data}
          action="Continue"
          busy={answer.isPending}
          onDecide={(rulings) => {
            answer.mutate(rulings);
          }}
        />
      )}
    </div>
  );
}
