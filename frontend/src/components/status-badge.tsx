import { CircleCheck, CircleHelp, CircleX, Clock, Hourglass, type LucideIcon } from "lucide-react";
import type { Prediction } from "@/api/predictions";
import { Tag, type Tone } from "./tag";

type Status = Prediction["status"];

const LOOKS: Record<Status, { word: string; icon: LucideIcon; tone: Tone }> = {
  QUEUED: { word: "Waiting", icon: Clock, tone: "neutral" },
  PROCESSING: { word: "In progress", icon: Hourglass, tone: "brand" },
  NEEDS_MAPPING: { word: "Needs an answer", icon: CircleHelp, tone: "fair" },
  NEEDS_PLAN: { word: "Needs a plan", icon: CircleHelp, tone: "fair" },
  COMPLETED: { word: "Done", icon: CircleCheck, tone: "good" },
  FAILED: { word: "Failed", icon: CircleX, tone: "bad" },
};

/** Where a job stands, as icon and word. */
export function StatusBadge({ status }: { status: Status }) {
  const { word, icon, tone } = LOOKS[status];
  return (
    <Tag tone={tone} icon={icon}>
      {word}
    </Tag>
  );
}
