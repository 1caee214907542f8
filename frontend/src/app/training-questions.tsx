import { asProblem } from "@/api/problem";
import { ErrorState } from "@/components/error-state";
import { Notice } from "@/components/notice";
import { PageHeader } from "@/components/page-header";
import { Skeleton } from "@/components/skeleton";
import { MappingReview } from "@/features/mapping/components/mapping-review";
import { type Training, useAnswerTraining, useTrainingMapping } from "@/features/models/queries";

/** What a training asks before it learns, in the review that files to be scored have too. */
export default function TrainingQuestions({ training }: { training: Training }) {
  const mapping = useTrainingMapping(training.id);
  const answer = useAnswerTraining(training.id);
  return (
    <div className="mx-auto max-w-5xl">
      <PageHeader
        title="A question about your file"
        caption={`${training.filename}: nothing is guessed where it matters.`}
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
          onDecide={(rulings) => answer.mutate(rulings)}
        />
      )}
    </div>
  );
}
