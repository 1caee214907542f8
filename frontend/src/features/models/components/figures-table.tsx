import { SimpleTable } from "@/components/simple-table";
import { FIGURES, type FigureWords } from "../figures";
import type { Figure, TrainingReport } from "../report";

/** The figures on customers the model had not seen, beside those of the model in use and of an easier split. */
export function FiguresTable({ report }: { report: TrainingReport }) {
  const { figures, in_use, random_split } = report;
  if (!figures) return null;
  const shown = FIGURES.filter(({ name }) => isKnown(figures[name]?.value));
  const beside = [
    ...(in_use ? [{ title: "Model before", figures: in_use.figures }] : []),
    ...(random_split ? [{ title: "Split at random", figures: random_split.figures }] : []),
  ];
  return (
    <SimpleTable
      caption="Figures on customers that the model had not seen"
      columns={[
        { title: "Figure", className: "md:w-2/5" },
        { title: "This model", figures: true },
        { title: "Likely range", figures: true },
        ...beside.map(({ title }) => ({ title, figures: true })),
      ]}
      rows={shown.map((words) => ({
        key: words.name,
        cells: [
          <span key="name">
            {words.title}
            <span className="block text-xs font-normal text-muted">{words.help}</span>
          </span>,
          <span key="value" className="font-semibold">
            {written(words, figures[words.name])}
          </span>,
          <span key="span" className="text-muted">
            {spanned(words, figures[words.name])}
          </span>,
          ...beside.map((other) => written(words, other.figures[words.name])),
        ],
      }))}
    />
  );
}

function written({ write }: FigureWords, figure: Figure | undefined): string {
  const value = figure?.value;
  return isKnown(value) ? write(value) : "–";
}

function spanned({ write }: FigureWords, figure: Figure | undefined): string {
  const { low, high } = figure ?? {};
  return isKnown(low) && isKnown(high) && low !== high ? `${write(low)} to ${write(high)}` : "–";
}

function isKnown(value: number | null | undefined): value is number {
  return value !== null && value !== undefined;
}
