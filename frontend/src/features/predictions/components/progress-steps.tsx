import { Check, CircleDashed, LoaderCircle, X } from "lucide-react";
import type { Prediction } from "@/api/predictions";
import { ProgressBar } from "@/components/progress-bar";
import { formatBytes, formatCount } from "@/lib/format";
import { shareOf, type Step, stepsOf } from "../steps";

const LOOKS: Record<Step["state"], { icon: typeof Check; look: string; word: string }> = {
  done: { icon: Check, look: "bg-low-tint text-low", word: "Done" },
  now: { icon: LoaderCircle, look: "bg-brand-tint text-brand", word: "In progress" },
  ahead: { icon: CircleDashed, look: "bg-sunken text-muted", word: "Still to come" },
  stopped: { icon: X, look: "bg-high-tint text-high", word: "Stopped here" },
};

/** The steps of a prediction, with rows counted in the one that is under way. */
export function ProgressSteps({ prediction }: { prediction: Prediction }) {
  return (
    <ol className="flex flex-col">
      {stepsOf(prediction).map((step, place) => {
        const { icon: Icon, look, word } = LOOKS[step.state];
        const about =
          place === 0
            ? `${prediction.filename}, ${formatBytes(prediction.size_bytes)}`
            : step.about;
        return (
          <li
            key={step.title}
            aria-current={step.state === "now" ? "step" : undefined}
            className="group flex gap-3.5"
          >
            <div className="flex flex-col items-center">
              <span
                className={`flex size-8 shrink-0 items-center justify-center rounded-full ${look}`}
              >
                <Icon
                  aria-label={word}
                  size={16}
                  className={step.state === "now" ? "animate-spin motion-reduce:animate-none" : ""}
                />
              </span>
              <span aria-hidden className="w-px flex-1 bg-line group-last:hidden" />
            </div>
            <div className="min-w-0 flex-1 pb-6 group-last:pb-0">
              <p
                className={`pt-1.5 text-sm font-medium ${step.state === "ahead" ? "text-muted" : ""}`}
              >
                {step.title}
              </p>
              <p className="text-sm break-words text-muted">{about}</p>
              {step.state === "now" && (
                <div className="mt-3 max-w-xl">
                  <ProgressBar share={shareOf(prediction)} label={step.title} />
                  <p className="mt-1.5 flex flex-wrap justify-between gap-x-4 text-xs text-muted">
                    <span>{prediction.message}</span>
                    <span className="tabular-nums">{rows(prediction)}</span>
                  </p>
                </div>
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function rows({ rows_done, rows_total }: Prediction): string {
  if (!rows_done) return "";
  return rows_total
    ? `${formatCount(rows_done)} of ${formatCount(rows_total)} rows`
    : `${formatCount(rows_done)} rows`;
}
