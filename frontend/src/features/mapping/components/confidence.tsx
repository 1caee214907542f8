import { plainSentence } from "@/lib/columns";
import { sureness } from "@/lib/sureness";

interface Props {
  /** 0-100. */
  confidence: number;
  evidence: string;
}

const BARS = 4;

/** How sure a match is, in a word, in percent and as bars; and why, in a sentence. */
export function Confidence({ confidence, evidence }: Props) {
  const filled = Math.max(1, Math.round((confidence / 100) * BARS));
  return (
    <div className="text-xs">
      <p className="flex items-center gap-2">
        <span aria-hidden className="flex items-end gap-0.5">
          {Array.from({ length: BARS }, (_, place) => (
            <span
              key={place}
              className={`w-1 rounded-xs ${place < filled ? "bg-brand-fill" : "bg-line"}`}
              style={{ height: 5 + 3 * place }}
            />
          ))}
        </span>
        <span className="font-medium">{sureness(confidence)}</span>
        <span className="text-muted tabular-nums">{Math.round(confidence)}%</span>
      </p>
      {evidence && <p className="mt-1 break-words text-muted">{plainSentence(evidence)}</p>}
    </div>
  );
}
