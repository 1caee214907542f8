import { Button, NativeSelect } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { X } from "lucide-react";
import { useState } from "react";
import { asProblem } from "@/api/problem";
import { ChartCard } from "@/components/chart-card";
import { Confirm } from "@/components/confirm";
import { Disclosure } from "@/components/disclosure";
import { Facts } from "@/components/facts";
import { Notice } from "@/components/notice";
import { columnTitle, columnWords } from "@/lib/columns";
import { formatDate, plural } from "@/lib/format";
import { type Profile, useChangeProfile, useForgetProfile } from "../queries";
import { rulingsOf, type Saying, sayingsOf } from "../rulings";

const ABSENT = "";

/** What was said of files with one header row, to be changed or forgotten. */
export function ProfileCard({ profile }: { profile: Profile }) {
  const [sayings, setSayings] = useState(() => sayingsOf(profile));
  const change = useChangeProfile();
  const changed =
    JSON.stringify(rulingsOf(sayings)) !== JSON.stringify(rulingsOf(sayingsOf(profile)));

  const say = (place: number, saying: Saying | null) =>
    setSayings(
      saying === null
        ? sayings.filter((_, each) => each !== place)
        : sayings.map((present, each) => (each === place ? saying : present)),
    );
  return (
    <ChartCard title={profile.filename} action={<ForgetButton profile={profile} />}>
      <p className="-mt-3 mb-4 text-sm text-muted">
        {plural(profile.columns.length, "column")}, last changed {formatDate(profile.updated_at)}
      </p>
      {change.isError && (
        <div className="mb-4">
          <Notice level="error" problem={asProblem(change.error)} />
        </div>
      )}
      {sayings.length === 0 ? (
        <p className="text-sm text-muted">Nothing is left; save to keep it so.</p>
      ) : (
        <ul className="flex flex-col gap-4">
          {sayings.map((saying, place) => (
            <li key={saying.canonical} className="flex items-end gap-2">
              <SayingField
                saying={saying}
                columns={profile.columns}
                onSay={(next) => say(place, next)}
              />
              <button
                type="button"
                aria-label={`Forget ${columnTitle(saying.canonical)}`}
                onClick={() => say(place, null)}
                className="inline-flex size-11 shrink-0 cursor-pointer items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink"
              >
                <X aria-hidden size={18} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="mt-5 flex flex-wrap gap-3">
        <Button
          disabled={!changed}
          loading={change.isPending}
          onClick={() => change.mutate({ id: profile.id, rulings: rulingsOf(sayings) })}
        >
          Save
        </Button>
        {changed && (
          <Button variant="default" onClick={() => setSayings(sayingsOf(profile))}>
            Undo
          </Button>
        )}
      </div>
      <div className="mt-3">
        <Disclosure summary="The header row">
          <p className="break-words text-muted">
            <Facts of={profile.columns} />
          </p>
        </Disclosure>
      </div>
    </ChartCard>
  );
}

interface FieldProps {
  saying: Saying;
  columns: string[];
  onSay(saying: Saying): void;
}

function SayingField({ saying, columns, onSay }: FieldProps) {
  const { canonical, column, answer } = saying;
  const read = answer === null ? "" : `Read as: ${columnWords(answer)}`;
  if (column === undefined) {
    return (
      <p className="min-w-0 flex-1 text-sm">
        <span className="block font-medium">{columnTitle(canonical)}</span>
        <span className="text-muted">{read}</span>
      </p>
    );
  }
  return (
    <NativeSelect
      label={columnTitle(canonical)}
      description={read || undefined}
      className="min-w-0 flex-1"
      value={column ?? ABSENT}
      // What was said about reading one column says nothing of another.
      onChange={(event) => onSay({ canonical, column: event.target.value || null, answer: null })}
      data={[
        // Customers must be told apart, so their id cannot be missing.
        ...(canonical === "customer_id" ? [] : [{ value: ABSENT, label: "Not in these files" }]),
        ...columns.map((name) => ({ value: name, label: name })),
      ]}
    />
  );
}

function ForgetButton({ profile }: { profile: Profile }) {
  const [opened, { open, close }] = useDisclosure(false);
  const forget = useForgetProfile();
  return (
    <>
      <Button variant="default" onClick={open} aria-label={`Forget ${profile.filename}`}>
        Forget
      </Button>
      <Confirm
        opened={opened}
        title="Forget what was said of these files?"
        action="Forget it"
        dangerous
        busy={forget.isPending}
        problem={forget.isError ? asProblem(forget.error) : null}
        onClose={() => {
          close();
          forget.reset();
        }}
        onConfirm={() => forget.mutate(profile.id, { onSuccess: close })}
      >
        <p>The next file with this header row is read as if nothing had been said.</p>
      </Confirm>
    </>
  );
}
