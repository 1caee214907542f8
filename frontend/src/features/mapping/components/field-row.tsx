import { columnTitle, plainSentence } from "@/lib/columns";
import { type Choice, choosing, current, type Field, type Mapping, type Said } from "../decisions";
import { ColumnSelect } from "./column-select";
import { Confidence } from "./confidence";
import { DerivationProof } from "./derivation-proof";
import { SampleValues } from "./sample-values";

interface Props {
  field: Field;
  mapping: Mapping;
  said: Said;
  onSay(said: Said): void;
}

/** One expected field: what it means, which column it is, how sure that is, and what the column holds. */
export function FieldRow({ field, mapping, said, onSay }: Props) {
  const title = columnTitle(field.name);
  const choice = current(mapping, said, field.name);
  return (
    <li className="grid gap-x-5 gap-y-3 border-b border-line px-4 py-4 last:border-b-0 sm:px-5 md:grid-cols-[minmax(0,5fr)_minmax(0,5fr)_minmax(0,6fr)]">
      <div className="min-w-0">
        <p className="text-sm font-medium">
          {title}
          {field.required && (
            <span className="ml-2 rounded-full bg-brand-tint px-2 py-0.5 text-xs font-semibold text-brand">
              Required
            </span>
          )}
        </p>
        <p className="mt-0.5 text-xs text-muted">
          {plainSentence(field.meaning)}
          {unitOf(field)}
        </p>
      </div>
      <ColumnSelect
        canonical={field.name}
        mapping={mapping}
        said={said}
        choice={choice}
        label={`Column for ${title}`}
        mayBeAbsent={field.name !== "customer_id"}
        onChoose={(chosen) => {
          onSay(choosing(said, field.name, chosen));
        }}
      />
      <Proof field={field} mapping={mapping} said={said} choice={choice} />
    </li>
  );
}

/** ", in months"; nothing where the meaning names what is counted: "Seats in use" are in seats. */
function unitOf({ unit, meaning }: Field): string {
  const [noun = ""] = unit.split(" ");
  if (noun === "" || noun === "score" || meaning.toLowerCase().includes(noun)) return "";
  return `, in ${unit.replace("currency units", "your currency").replace("per month", "a month")}`;
}

/** Why the present choice may be believed. */
function Proof({ field, mapping, said, choice }: Omit<Props, "onSay"> & { choice: Choice }) {
  const derived = mapping.derived.find((each) => each.canonical === field.name);
  if (choice.kind === "absent") {
    return <p className="text-xs text-muted">{withoutIt(field, mapping)}</p>;
  }
  if (choice.kind === "computed") {
    return derived ? (
      <div className="flex min-w-0 flex-col gap-2">
        <Confidence confidence={derived.confidence} evidence="" />
        <DerivationProof derived={derived} />
      </div>
    ) : null;
  }
  const column = mapping.mappings.find((each) => each.column === choice.column);
  const own = said.choices[field.name] !== undefined && column?.canonical !== field.name;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {own ? (
        <p className="text-xs font-medium">Your choice, remembered for the next file like this.</p>
      ) : (
        column && <Confidence confidence={column.confidence} evidence={column.evidence} />
      )}
      {column && <SampleValues values={column.samples ?? []} />}
      {derived && <DerivationProof derived={derived} />}
    </div>
  );
}

function withoutIt(field: Field, mapping: Mapping): string {
  if (!field.required) return "Not used. Scores get better with it.";
  return mapping.questions.length > 0
    ? "No column of its own; your answers above may give it."
    : "Without it the scores are less certain.";
}
