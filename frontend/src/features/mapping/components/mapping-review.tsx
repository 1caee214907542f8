import { Button } from "@mantine/core";
import { useState } from "react";
import { Card } from "@/components/card";
import { Disclosure } from "@/components/disclosure";
import { ErrorState } from "@/components/error-state";
import { Skeleton } from "@/components/skeleton";
import { formatPercent, plural } from "@/lib/format";
import { type Mapping, NOTHING_SAID, open, type Rulings, rulingsOf } from "../decisions";
import { sorted, unused } from "../fields";
import { useFields } from "../queries";
import { FieldRow } from "./field-row";
import { QuestionCard } from "./question-card";

interface Props {
  mapping: Mapping;
  /** Of the button: "Continue". */
  action: string;
  busy: boolean;
  onDecide(rulings: Rulings): void;
}

/** What each column is taken for, to be looked at, answered and set right. */
export function MappingReview({ mapping, action, busy, onDecide }: Props) {
  const [said, setSaid] = useState(NOTHING_SAID);
  const fields = useFields(mapping.industry);
  const unanswered = open(mapping, said).length;

  if (fields.isPending) return <Skeleton className="h-96 w-full" />;
  if (fields.isError) {
    return <ErrorState error={fields.error} onRetry={() => void fields.refetch()} />;
  }
  const { shown, missing } = sorted(fields.data, mapping, said);
  const others = unused(mapping, said);
  const rows = (of: typeof shown) =>
    of.map((field) => <FieldRow key={field.name} {...{ field, mapping, said }} onSay={setSaid} />);
  return (
    <>
      {mapping.questions.length > 0 && (
        <section aria-label="Questions" className="mb-5 flex flex-col gap-4">
          {mapping.questions.map((question) => (
            <QuestionCard
              key={`${question.canonical} ${question.kind}`}
              {...{ question, mapping, said }}
              onSay={setSaid}
            />
          ))}
        </section>
      )}
      <Card className="p-0" label="Columns">
        <header className="border-b border-line px-4 py-4 sm:px-5">
          <h2 className="text-sm font-semibold">How your columns were read</h2>
          <p className="mt-0.5 text-sm text-muted">
            {mapping.signature &&
              `It looks like ${mapping.signature.tool} (${formatPercent(mapping.signature.confidence / 100, 0)} sure). `}
            Change what is wrong; it is remembered for the next file with these columns.
          </p>
        </header>
        <ul>{rows(shown)}</ul>
      </Card>
      {missing.length > 0 && (
        <Card className="mt-5 p-0">
          <div className="px-4 py-2 sm:px-5">
            <Disclosure
              summary={`${plural(missing.length, "more column")} that RetainWise can use`}
            >
              <ul className="-mx-4 mt-1 border-t border-line sm:-mx-5">{rows(missing)}</ul>
            </Disclosure>
          </div>
        </Card>
      )}
      {others.length > 0 && (
        <p className="mt-4 text-sm break-words text-muted">
          Kept, and not used for the scores: {others.join(", ")}.
        </p>
      )}
      <div className="sticky bottom-0 z-10 -mx-4 mt-5 flex flex-wrap items-center justify-end gap-x-4 gap-y-2 border-t border-line bg-canvas px-4 py-3 sm:-mx-6 sm:px-6">
        <p role="status" className="text-sm text-muted">
          {unanswered > 0 && `${plural(unanswered, "question")} to answer`}
        </p>
        <Button
          disabled={unanswered > 0}
          loading={busy}
          onClick={() => {
            onDecide(rulingsOf(mapping, said));
          }}
        >
          {action}
        </Button>
      </div>
    </>
  );
}
