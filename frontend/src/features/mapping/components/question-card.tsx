import { useId } from "react";
import { Card } from "@/components/card";
import { columnTitle, plainSentence } from "@/lib/columns";
import { ABSENT, answering, choosing, type Mapping, type Question, type Said } from "../decisions";
import { ChoiceRow } from "./choice-row";
import { ColumnSelect } from "./column-select";
import { SampleValues } from "./sample-values";

interface Props {
  question: Question;
  mapping: Mapping;
  said: Said;
  onSay(said: Said): void;
}

/** One thing that only a person can decide. */
export function QuestionCard({ question, mapping, said, onSay }: Props) {
  const id = useId();
  const samples = (column: string | null | undefined) =>
    mapping.mappings.find((each) => each.column === column)?.samples ?? [];
  return (
    <Card className="p-4 sm:p-5">
      <p className="text-xs font-semibold tracking-wide text-brand uppercase">
        {columnTitle(question.canonical)}
      </p>
      <h3 id={id} className="mt-1 text-sm font-medium break-words">
        {plainSentence(question.message)}
      </h3>
      {question.kind === "reading" ? (
        <>
          {question.column && (
            <div className="mt-2 flex flex-wrap items-center gap-2 text-xs text-muted">
              {question.column}: <SampleValues values={samples(question.column)} />
            </div>
          )}
          <div role="radiogroup" aria-labelledby={id} className="mt-3 flex flex-col gap-2">
            {(question.options ?? []).map((option) => (
              <ChoiceRow
                key={option.id}
                group={id}
                label={plainSentence(option.meaning)}
                chosen={
                  said.answers[question.canonical] === option.id &&
                  said.choices[question.canonical]?.kind !== "absent"
                }
                onChoose={() => {
                  onSay(answering(said, question.canonical, option.id));
                }}
              />
            ))}
            {question.may_be_absent && (
              <ChoiceRow
                group={id}
                label="Leave this column out"
                chosen={said.choices[question.canonical]?.kind === "absent"}
                onChoose={() => {
                  onSay(choosing(said, question.canonical, ABSENT));
                }}
              />
            )}
          </div>
        </>
      ) : (
        <ColumnAnswer {...{ question, mapping, said, onSay, samples, id }} />
      )}
    </Card>
  );
}

interface ColumnAnswerProps extends Props {
  samples(column: string): string[];
  id: string;
}

/** The likeliest columns one below the other, the rest in a select. */
function ColumnAnswer({ question, mapping, said, onSay, samples, id }: ColumnAnswerProps) {
  const choice = said.choices[question.canonical];
  const candidates = question.candidates ?? [];
  const among =
    choice?.kind === "column" && candidates.some((each) => each.column === choice.column);
  return (
    <div role="radiogroup" aria-labelledby={id} className="mt-3 flex flex-col gap-2">
      {candidates.map(({ column, confidence }) => (
        <ChoiceRow
          key={column}
          group={id}
          label={column}
          hint={`${Math.round(confidence)}% sure`}
          detail={<SampleValues values={samples(column)} />}
          chosen={choice?.kind === "column" && choice.column === column}
          onChoose={() => {
            onSay(choosing(said, question.canonical, { kind: "column", column }));
          }}
        />
      ))}
      {question.may_be_absent && (
        <ChoiceRow
          group={id}
          label="It is not in this file"
          chosen={choice?.kind === "absent"}
          onChoose={() => {
            onSay(choosing(said, question.canonical, ABSENT));
          }}
        />
      )}
      <ColumnSelect
        canonical={question.canonical}
        mapping={mapping}
        said={said}
        choice={choice?.kind === "column" && !among ? choice : undefined}
        label={`Another column for ${columnTitle(question.canonical)}`}
        placeholder="Another column…"
        mayBeAbsent={false}
        onChoose={(chosen) => {
          onSay(choosing(said, question.canonical, chosen));
        }}
      />
    </div>
  );
}
