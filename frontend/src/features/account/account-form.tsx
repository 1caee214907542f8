import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { asProblem, type Problem } from "@/api/problem";
import { Notice } from "@/components/notice";

export interface AccountField {
  name: string;
  label: string;
  kind: "text" | "email" | "password";
  /** What the browser may fill in, by HTML's names. */
  autoComplete: string;
  description?: string;
  minLength?: number;
  /** What it holds from the beginning. */
  defaultValue?: string;
  /** Shown, and saved with the password by whatever keeps those, but not to be changed. */
  readOnly?: boolean;
}

interface Props {
  fields: AccountField[];
  action: string;
  /** Throws a Problem where the gateway refuses. */
  onSubmit(values: Record<string, string>): Promise<void>;
}

/** The fields of a form before signing in, each with what the gateway says against it. */
export function AccountForm({ fields, action, onSubmit }: Props) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(null);
    try {
      await onSubmit(
        Object.fromEntries(fields.map(({ name }) => [name, String(form.get(name) ?? "")])),
      );
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  }

  const against = (name: string) =>
    problem?.fields.find((each) => each.field === `body.${name}`)?.message;
  const told = fields.some((field) => against(field.name));

  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      {problem && !told && <Notice level="error" problem={problem} />}
      {fields.map(({ kind, ...field }) => {
        const shared = {
          ...field,
          required: true,
          withAsterisk: false,
          error: against(field.name),
          classNames: field.readOnly ? { input: "bg-sunken!" } : undefined,
        };
        return kind === "password" ? (
          <PasswordInput key={field.name} {...shared} />
        ) : (
          <TextInput key={field.name} type={kind} {...shared} />
        );
      })}
      <Button type="submit" loading={busy} fullWidth className="mt-2">
        {action}
      </Button>
    </form>
  );
}
