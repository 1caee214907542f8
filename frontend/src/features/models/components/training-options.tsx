import { NativeSelect, TextInput } from "@mantine/core";
import { horizonFault, type TrainingChoices } from "../options";

const INDUSTRIES = [
  { value: "", label: "Detect automatically" },
  { value: "saas", label: "Software as a service" },
  { value: "telecom", label: "Telecommunications" },
];

const PROMOTIONS = [
  { value: "auto", label: "Use it if it is better" },
  { value: "never", label: "Keep it; I decide later" },
];

interface Props {
  choices: TrainingChoices;
  onChange(choices: TrainingChoices): void;
}

/** What may be said about the file, and need not. */
export function TrainingOptions({ choices, onChange }: Props) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <NativeSelect
        label="When it is ready"
        description="Better: beyond chance, on customers it had not seen."
        data={PROMOTIONS}
        value={choices.promote}
        onChange={(event) =>
          onChange({ ...choices, promote: event.target.value as TrainingChoices["promote"] })
        }
      />
      <NativeSelect
        label="Kind of business"
        description="Decides which baseline it is measured against."
        data={INDUSTRIES}
        value={choices.industry}
        onChange={(event) =>
          onChange({ ...choices, industry: event.target.value as TrainingChoices["industry"] })
        }
      />
      <TextInput
        type="date"
        label="Day the rows describe"
        description="Today, if left out."
        value={choices.snapshotDate}
        onChange={(event) => onChange({ ...choices, snapshotDate: event.target.value })}
      />
      <TextInput
        inputMode="numeric"
        label="Days in which they left"
        description="After that day; 30, if left out."
        placeholder="30"
        value={choices.horizonDays}
        error={horizonFault(choices)}
        onChange={(event) => onChange({ ...choices, horizonDays: event.target.value })}
      />
    </div>
  );
}
