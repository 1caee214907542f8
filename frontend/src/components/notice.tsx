import { CircleAlert, CircleCheck, Info } from "lucide-react";
import type { ReactNode } from "react";
import type { Problem } from "@/api/problem";
import { LockedNotice } from "./locked-notice";

type Level = "error" | "warning" | "info" | "success";

const LOOKS: Record<Level, { icon: typeof Info; look: string }> = {
  error: { icon: CircleAlert, look: "bg-high-tint text-high" },
  warning: { icon: CircleAlert, look: "bg-medium-tint text-medium" },
  info: { icon: Info, look: "bg-brand-tint text-brand" },
  success: { icon: CircleCheck, look: "bg-low-tint text-low" },
};

interface Props {
  level: Level;
  /** Its sentence and, where something of ours failed, the request id. */
  problem?: Problem;
  children?: ReactNode;
  action?: ReactNode;
}

/** A sentence about what is on the page: what went wrong, or what to know. */
export function Notice({ level, problem, children, action }: Props) {
  if (problem?.status === 402) return <LockedNotice problem={problem} />;
  const { icon: Icon, look } = LOOKS[level];
  return (
    <div
      role={level === "error" ? "alert" : "status"}
      className={`flex gap-2.5 rounded-lg px-3.5 py-3 text-sm ${look}`}
    >
      <Icon aria-hidden size={18} className="mt-px shrink-0" />
      <div className="min-w-0 flex-1 break-words">
        {problem?.message}
        {problem && problem.status >= 500 && problem.requestId && (
          <span className="mt-1 block text-xs">Request id {problem.requestId}</span>
        )}
        {children}
        {action && <div className="mt-2">{action}</div>}
      </div>
    </div>
  );
}
