import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { asProblem } from "@/api/problem";
import { Card } from "@/components/card";
import { ChartCard, ChartCardSkeleton } from "@/components/chart-card";
import { ErrorState } from "@/components/error-state";
import { RISK_LEVELS, RISK_WORDS, type RiskLevel } from "@/components/risk-badge";
import { against } from "./components/against";
import { SettingForm } from "./components/setting-form";
import { type RiskLevels, useMoveRiskLevels, useRiskLevels } from "./queries";

const USUAL: RiskLevels = { high_above: 0.7, medium_above: 0.4 };

const MARKS: Record<RiskLevel, string> = {
  high: "bg-high-mark",
  medium: "bg-medium-mark",
  low: "bg-low-mark",
};

/** From which probability on a risk is called high, or medium. */
export default function RiskLevelsSection() {
  const levels = useRiskLevels();
  if (levels.isPending) return <ChartCardSkeleton height="h-60" />;
  if (levels.isError && !levels.data) {
    return (
      <Card>
        <ErrorState
          title="The risk levels could not be loaded"
          error={levels.error}
          onRetry={() => void levels.refetch()}
        />
      </Card>
    );
  }
  const { high_above: high = USUAL.high_above, medium_above: medium = USUAL.medium_above } =
    levels.data;
  return <Levels key={`${high} ${medium}`} high={high} medium={medium} />;
}

function Levels({ high, medium }: { high: number; medium: number }) {
  const [said, setSaid] = useState({ high: inPercent(high), medium: inPercent(medium) });
  const move = useMoveRiskLevels();
  const problem = move.isError ? asProblem(move.error) : null;
  const wanted = { high: shareOf(said.high), medium: shareOf(said.medium) };
  const faults = faultsOf(wanted);
  const valid = faults.high === null && faults.medium === null;
  const changed = wanted.high !== high || wanted.medium !== medium;

  const save = (levels: RiskLevels) => move.mutate(levels);
  return (
    <ChartCard
      title="Risk levels"
      help="A risk is called high above the first probability, medium above the second, and low otherwise. They change names and colours, not probabilities."
    >
      <Scale
        high={valid ? (wanted.high ?? high) : high}
        medium={valid ? (wanted.medium ?? medium) : medium}
      />
      <SettingForm
        busy={move.isPending}
        disabled={!valid || !changed}
        problem={problem}
        done={
          move.isSuccess && !changed && "Saved. It holds for files that are uploaded from now on."
        }
        onSubmit={() =>
          save({ high_above: wanted.high ?? high, medium_above: wanted.medium ?? medium })
        }
      >
        <div className="grid gap-4 xs:grid-cols-2">
          <TextInput
            inputMode="decimal"
            label="High above"
            rightSection={<span aria-hidden>%</span>}
            description="In percent"
            value={said.high}
            error={faults.high ?? against(problem, "high_above")}
            onChange={(event) => setSaid({ ...said, high: event.target.value })}
          />
          <TextInput
            inputMode="decimal"
            label="Medium above"
            rightSection={<span aria-hidden>%</span>}
            description="In percent"
            value={said.medium}
            error={faults.medium ?? against(problem, "medium_above")}
            onChange={(event) => setSaid({ ...said, medium: event.target.value })}
          />
        </div>
        <p className="text-sm text-muted">
          Earlier predictions keep the levels they were made with.
        </p>
      </SettingForm>
      {(high !== USUAL.high_above || medium !== USUAL.medium_above) && (
        <Button variant="default" className="mt-4" onClick={() => save(USUAL)}>
          Back to the usual {inPercent(USUAL.high_above ?? 0)} and{" "}
          {inPercent(USUAL.medium_above ?? 0)}
        </Button>
      )}
    </ChartCard>
  );
}

/** The levels along the probabilities from 0 to 100 %. */
function Scale({ high, medium }: { high: number; medium: number }) {
  const parts: Record<RiskLevel, [number, number]> = {
    low: [0, medium],
    medium: [medium, high],
    high: [high, 1],
  };
  return (
    <div
      role="img"
      aria-label={`Low up to ${inPercent(medium)} %, medium up to ${inPercent(high)} %, high above it`}
      className="mb-6"
    >
      <div className="flex h-3 gap-0.5 overflow-hidden rounded-full">
        {[...RISK_LEVELS].reverse().map((level) => (
          <div
            key={level}
            className={MARKS[level]}
            style={{ flexGrow: parts[level][1] - parts[level][0], flexBasis: 0 }}
          />
        ))}
      </div>
      <ul aria-hidden className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
        {[...RISK_LEVELS].reverse().map((level) => (
          <li key={level} className="flex items-center gap-1.5">
            <span className={`size-2 rounded-full ${MARKS[level]}`} />
            {RISK_WORDS[level]} {inPercent(parts[level][0])}–{inPercent(parts[level][1])}%
          </li>
        ))}
      </ul>
    </div>
  );
}

function inPercent(share: number): string {
  return String(Math.round(share * 1000) / 10);
}

/** "70" as 0.7; null for what is no percentage. */
function shareOf(percent: string): number | null {
  const value = Number(percent.replace(",", "."));
  const inside = percent.trim() !== "" && value > 0 && value < 100;
  return inside ? Math.round(value * 10) / 1000 : null;
}

function faultsOf({ high, medium }: { high: number | null; medium: number | null }) {
  const range = "A number between 0 and 100";
  return {
    high: high === null ? range : null,
    medium:
      medium === null
        ? range
        : high !== null && medium > high
          ? "At most as much as for high"
          : null,
  };
}
