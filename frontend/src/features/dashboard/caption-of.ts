import type { Prediction } from "@/api/predictions";
import { formatDateTime, plural } from "@/lib/format";

/** The quiet line below the title of one prediction's dashboard. */
export function captionOf({ scored_at, model_version, horizon_days }: Prediction): string {
  return [
    `Scored ${formatDateTime(scored_at)}`,
    model_version && `model ${model_version}`,
    horizon_days && `chance of leaving within ${plural(horizon_days, "day")}`,
  ]
    .filter(Boolean)
    .join(" · ");
}
