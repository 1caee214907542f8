import { Button } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import type { Problem } from "@/api/problem";
import { Notice } from "@/components/notice";

interface Props {
  children: ReactNode;
  action?: string;
  busy: boolean;
  /** Nothing to save, or nothing that could be. */
  disabled?: boolean;
  problem: Problem | null;
  /** Said once it is done. */
  done?: string | false;
  onSubmit(): void;
}

/** A few fields and the button that saves them, with what came of it. */
export function SettingForm(props: Props) {
  const { children, action = "Save", busy, disabled, problem, done, onSubmit } = props;
  function submit(event: FormEvent) {
    event.preventDefault();
    onSubmit();
  }
  return (
    <form onSubmit={submit} className="flex max-w-md flex-col gap-4">
      {problem && problem.fields.length === 0 && <Notice level="error" problem={problem} />}
      {children}
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" loading={busy} disabled={disabled}>
          {action}
        </Button>
        <p role="status" className="text-sm text-muted">
          {done}
        </p>
      </div>
    </form>
  );
}
