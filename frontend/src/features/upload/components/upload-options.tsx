import { NativeSelect, TextInput } from "@mantine/core";
import { Disclosure } from "@/components/disclosure";
import { churnFault, type UploadChoices } from "../options";

interface Props {
  choices: UploadChoices;
  onChange(choices: UploadChoices): void;
}

const INDUSTRIES = [
  { value: "", label: "Detect automatically" },
  { value: "saas", label: "Software as a service" },
  { value: "telecom", label: "Telecommunications" },
];

/** What may be said with a file, and need not. */
export function UploadOptions({ choices, onChange }: Props) {
  return (
    <Disclosure summary="Options">
      <div className="grid gap-4 pt-2 sm:grid-cols-3">
        <NativeSelect
          label="Kind of business"
          description="Decides which model scores it."
          data={INDUSTRIES}
          value={choices.industry}
          onChange={(event) => {
            onChange({ ...choices, industry: event.target.value as UploadChoices["industry"] });
          }}
        />
        <TextInput
          type="date"
          label="Day of the export"
          description="Today, if left out."
          value={choices.snapshotDate}
          onChange={(event) => {
            onChange({ ...choices, snapshotDate: event.target.value });
          }}
        />
        <TextInput
          inputMode="decimal"
          label="Your churn in 30 days, in %"
          description="Makes probabilities fit your company."
          placeholder="Not known"
          value={choices.churnPercent}
          error={churnFault(choices)}
          onChange={(event) => {
            onChange({ ...choices, churnPercent: event.target.value });
          }}
        />
      </div>
    </Disclosure>
  );
}
