import "./slider.css";
import { NativeSelect } from "@mantine/core";
import { ChevronDown } from "lucide-react";
import { useId } from "react";
import { sentenceCase } from "@/lib/format";
import { slideOf, tidy } from "../levers";
import type { Lever, Value } from "../queries";
import { inUnit } from "../values";

interface Props {
  lever: Lever;
  /** What is tried; undefined while it is left as it is. */
  tried: Value | undefined;
  /** undefined: as it is. */
  onTry: (value: Value | undefined) => void;
}

/** One thing to try: a slider for a number, a list for words. */
export function LeverField(props: Props) {
  return props.lever.kind === "number" ? <NumberField {...props} /> : <WordField {...props} />;
}

function NumberField({ lever, tried, onTry }: Props) {
  const id = useId();
  const current = typeof lever.current === "number" ? lever.current : null;
  const shown = typeof tried === "number" ? tried : current;
  const { min, max, step } = slideOf(lever, current);
  return (
    <div>
      {/* Where there is no room beside it, what it was has a line of its own, which is kept: the slider must not move. */}
      <div className="flex min-h-10 items-baseline justify-between gap-3 text-sm xs:min-h-0">
        <label htmlFor={id} className="min-w-0">
          {sentenceCase(lever.label)}
        </label>
        <output htmlFor={id} className="shrink-0 text-right font-medium">
          {shown === null ? "not known" : inUnit(shown, lever.unit)}
          {tried !== undefined && (
            <span className="block font-normal text-muted xs:ml-2 xs:inline">
              was {current === null ? "not known" : inUnit(current, lever.unit)}
            </span>
          )}
        </output>
      </div>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={shown ?? lever.typical ?? min}
        aria-valuetext={shown === null ? "not known" : inUnit(shown, lever.unit)}
        title={lever.meaning || undefined}
        onChange={({ currentTarget }) => {
          const value = tidy(currentTarget.valueAsNumber);
          onTry(value === current ? undefined : value);
        }}
        className={`slider ${shown === null ? "opacity-50" : ""}`}
      />
    </div>
  );
}

function WordField({ lever, tried, onTry }: Props) {
  const current = wordOf(lever.current);
  const value = wordOf(tried ?? lever.current) ?? "";
  // A customer's own word may be none of those that may be sent.
  const unlisted = current === null || !lever.choices.includes(current);
  return (
    <div className="grid items-center gap-x-3 gap-y-1 xs:grid-cols-2">
      <span aria-hidden className="text-sm">
        {sentenceCase(lever.label)}
        {tried !== undefined && (
          <span className="ml-2 text-muted xs:ml-0 xs:block xs:text-xs">
            was {current ?? "not known"}
          </span>
        )}
      </span>
      <NativeSelect
        aria-label={sentenceCase(lever.label)}
        value={value}
        data={[
          ...(unlisted ? [{ value: current ?? "", label: current ?? "not known" }] : []),
          ...lever.choices,
        ]}
        rightSection={<ChevronDown aria-hidden size={16} className="text-muted" />}
        onChange={({ currentTarget }) => {
          const word = currentTarget.value;
          onTry(word === (current ?? "") ? undefined : asValue(lever, word));
        }}
      />
    </div>
  );
}

function wordOf(value: Value | null): string | null {
  if (value === null) return null;
  return typeof value === "boolean" ? (value ? "yes" : "no") : String(value);
}

function asValue(lever: Lever, word: string): Value {
  return lever.kind === "yes or no" ? word === "yes" : word;
}
