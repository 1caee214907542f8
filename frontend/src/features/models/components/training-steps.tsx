import { Check, CircleDashed, LoaderCircle, type LucideIcon, Pause } from "lucide-react";
import { ProgressBar } from "@/components/progress-bar";
import { formatCount } from "@/lib/format";
import { isUnderWay, type Training } from "../queries";

type State = "done" | "now" | "ahead" | "stopped";

const STEPS: { pass: Training["current_pass"]; title: string; about: string }[] = [
  {
    pass: "understand",
    title: "Understand the columns",
    about: "Which column is what, and which one says who left.",
  },
  {
    pass: "prepare",
    title: "Prepare the rows",
    about: "Dates, amounts and repeated rows brought into one form, and checked.",
  },
  {
    pass: "train",
    title: "Train and test",
    about: "Several models are tried, each tested on customers it had not seen.",
  },
];

const LOOKS: Record<State, { icon: LucideIcon; look: string; word: string }> = {
  done: { icon: Check, look: "bg-low-tint text-low", word: "Done" },
  now: { icon: LoaderCircle, look: "bg-brand-tint text-brand", word: "In progress" },
  ahead: { icon: CircleDashed, look: "bg-sunken text-muted", word: "Still to come" },
  stopped: { icon: Pause, look: "bg-medium-tint text-medium", word: "Stopped here" },
};

/** The way of a training, as far as it has come. */
export function TrainingSteps({ training }: { training: Training }) {
  const reached = STEPS.findIndex((step) => step.pass === training.current_pass);
  return (
    <ol className="flex flex-col">
      {STEPS.map((step, place) => {
        const state = stateOf(training, place, reached);
        const { icon: Icon, look, word } = LOOKS[state];
        return (
          <li
            key={step.pass}
            aria-current={state === "now" ? "step" : undefined}
            className="group flex gap-3.5"
          >
            <div className="flex flex-col items-center">
              <span
                className={`flex size-8 shrink-0 items-center justify-center rounded-full ${look}`}
              >
                <Icon
                  aria-label={word}
                  size={16}
                  className={state === "now" ? "animate-spin motion-reduce:animate-none" : ""}
                />
              </span>
              <span aria-hidden className="w-px flex-1 bg-line group-last:hidden" />
            </div>
            <div className="min-w-0 flex-1 pb-6 group-last:pb-0">
              <p className="pt-1.5 text-sm font-medium">{step.title}</p>
              <p className="text-sm text-muted">{step.about}</p>
              {state === "now" && <Now training={training} title={step.title} />}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function Now({ training, title }: { training: Training; title: string }) {
  const { rows_done: done, rows_total: total, status, message } = training;
  const share = status === "PROCESSING" && total ? Math.min(1, done / total) : null;
  const learning = training.current_pass === "train";
  return (
    <div className="mt-3 max-w-xl">
      <ProgressBar share={share} label={title} />
      <p className="mt-1.5 flex flex-wrap justify-between gap-x-4 text-xs text-muted">
        <span role="status">{message}</span>
        {share !== null && (
          <span>
            {learning
              ? `${Math.round(share * 100)}%`
              : `${formatCount(done)} of ${formatCount(total)} rows`}
          </span>
        )}
      </p>
    </div>
  );
}

function stateOf(training: Training, place: number, reached: number): State {
  if (training.status === "COMPLETED" || place < reached) return "done";
  if (place > reached) return "ahead";
  return isUnderWay(training) ? "now" : "stopped";
}
