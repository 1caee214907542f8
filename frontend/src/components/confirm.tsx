import { Button, Modal } from "@mantine/core";
import type { ReactNode } from "react";
import type { Problem } from "@/api/problem";
import { Notice } from "./notice";

interface Props {
  opened: boolean;
  title: string;
  /** What will happen, and what will not. */
  children: ReactNode;
  /** What the button that does it says. */
  action: string;
  /** Whether something is lost by it. */
  dangerous?: boolean;
  busy: boolean;
  /** What went wrong with the last try. */
  problem: Problem | null;
  onConfirm(): void;
  onClose(): void;
}

/** Asks before something is done that others notice or that is hard to undo. */
export function Confirm({ opened, title, children, action, dangerous, busy, ...rest }: Props) {
  const { problem, onConfirm, onClose } = rest;
  return (
    <Modal opened={opened} onClose={onClose} title={title} centered>
      <div className="flex flex-col gap-4 text-sm">
        <div className="flex flex-col gap-2">{children}</div>
        {problem && <Notice level="error" problem={problem} />}
        <div className="flex flex-wrap justify-end gap-3">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button color={dangerous ? "red.9" : undefined} onClick={onConfirm} loading={busy}>
            {action}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
