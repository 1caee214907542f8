import { NativeSelect } from "@mantine/core";
import { columnTitle } from "@/lib/columns";
import {
  ABSENT,
  type Choice,
  COMPUTED,
  type Mapping,
  ownerOf,
  proposed,
  type Said,
} from "../decisions";

interface Props {
  canonical: string;
  mapping: Mapping;
  said: Said;
  choice: Choice | undefined;
  onChoose(choice: Choice): void;
  /** Names the select where no label stands beside it. */
  label: string;
  /** Whether a person may say that the file has no such column. */
  mayBeAbsent: boolean;
  /** Shown first while nothing is chosen. */
  placeholder?: string;
}

const ABSENT_VALUE = "absent";
const COMPUTED_VALUE = "computed";
const COLUMN = "column:";

/** Which of the file's columns a field is. The browser's own select: as quick on a phone as with the keyboard. */
export function ColumnSelect(props: Props) {
  const { canonical, mapping, said, choice, onChoose, label, mayBeAbsent, placeholder } = props;
  const computed = proposed(mapping, canonical).kind === "computed";
  const columns = mapping.mappings.map(({ column }) => {
    const owner = ownerOf(mapping, said, column);
    const elsewhere = owner !== null && owner !== canonical ? ` (now ${columnTitle(owner)})` : "";
    return { value: COLUMN + column, label: column + elsewhere };
  });
  return (
    <NativeSelect
      aria-label={label}
      value={valueOf(choice)}
      onChange={(event) => {
        onChoose(choiceOf(event.target.value));
      }}
      data={[
        ...(choice === undefined
          ? [{ value: "", label: placeholder ?? "Choose…", disabled: true }]
          : []),
        ...(computed ? [{ value: COMPUTED_VALUE, label: "Computed from other columns" }] : []),
        ...(mayBeAbsent || choice?.kind === "absent"
          ? [{ value: ABSENT_VALUE, label: "Not in this file" }]
          : []),
        { group: "Columns of the file", items: columns },
      ]}
    />
  );
}

function valueOf(choice: Choice | undefined): string {
  if (choice === undefined) return "";
  return choice.kind === "column" ? COLUMN + choice.column : choice.kind;
}

function choiceOf(value: string): Choice {
  if (value === ABSENT_VALUE) return ABSENT;
  if (value === COMPUTED_VALUE) return COMPUTED;
  return { kind: "column", column: value.slice(COLUMN.length) };
}
