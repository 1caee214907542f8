import { CircleCheck, CircleMinus, CircleX, type LucideIcon } from "lucide-react";
import { Tag, type Tone } from "@/components/tag";
import { plainSentence } from "@/lib/columns";
import type { TrainingReport } from "../report";

const OUTCOMES: Record<TrainingReport["outcome"], { word: string; tone: Tone; icon: LucideIcon }> =
  {
    better: { word: "Worth using", tone: "good", icon: CircleCheck },
    no_better: { word: "Not shown to be better", tone: "fair", icon: CircleMinus },
    declined: { word: "No model was made", tone: "neutral", icon: CircleX },
  };

/** Whether what was learnt is worth using, in a word and in a sentence. */
export function Verdict({ report }: { report: TrainingReport }) {
  const { word, tone, icon } = OUTCOMES[report.outcome];
  return (
    <div>
      <Tag tone={tone} icon={icon}>
        {word}
      </Tag>
      <p className="mt-2 max-w-3xl text-sm">{plainSentence(withoutWord(report.sentence, word))}</p>
    </div>
  );
}

/** The sentence without the word that the tag has said already. */
function withoutWord(sentence: string, word: string): string {
  const said = `${word}: `.toLowerCase();
  return sentence.toLowerCase().startsWith(said) ? sentence.slice(said.length) : sentence;
}
