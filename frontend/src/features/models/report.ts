/** The report of a training, whose fields docs/model-report-json.md describes; the API passes it on as it is. */

export interface Figure {
  value: number | null;
  low: number | null;
  high: number | null;
}

export type Figures = Partial<Record<string, Figure>>;

export interface TrainingReport {
  outcome: "better" | "no_better" | "declined";
  sentence: string;
  version: string | null;
  industry: string;
  horizon_days: number;
  horizon_assumed: boolean;
  rows: number;
  labelled_rows: number;
  customers: number;
  left: number;
  base_rate: number | null;
  left_out: { column: string; reason: string }[];
  leaks: { feature: string; columns: string[]; auc_alone: number; echo_of: string | null }[];
  leak_auc: { with: number; without: number } | null;
  split: {
    kind: string;
    why: string;
    folds: number;
    repeats: number;
    held_out_rows: number;
  } | null;
  figures: Figures | null;
  calibration: { stated: number; seen: number; rows: number }[] | null;
  random_split: { figures: Figures } | null;
  in_use: { version: string; figures: Figures; difference: Figures } | null;
  importance: { feature: string; weight: number }[] | null;
  interval: { nominal: number; coverage: number; tested_on: string } | null;
}

/** The report as the API answers with it; null where there is none. */
export function reportOf(answer: {
  report: Record<string, unknown> | null;
}): TrainingReport | null {
  return answer.report as TrainingReport | null;
}

export interface Tenth {
  /** 1: the tenth ranked riskiest. */
  rank: number;
  seen: number;
  /** How many times the average share of leavers. */
  lift: number;
  /** Share of all leavers in this tenth and those before it. */
  captured: number;
  rows: number;
}

/** The groups of the calibration from the riskiest on: how often each left beside the average. */
export function tenths(calibration: NonNullable<TrainingReport["calibration"]>): Tenth[] {
  const riskiest = [...calibration].reverse();
  const rows = riskiest.reduce((sum, group) => sum + group.rows, 0);
  const left = riskiest.reduce((sum, group) => sum + group.seen * group.rows, 0);
  let found = 0;
  return riskiest.map((group, place) => {
    found += group.seen * group.rows;
    return {
      rank: place + 1,
      seen: group.seen,
      lift: left > 0 ? group.seen / (left / rows) : 0,
      captured: left > 0 ? found / left : 0,
      rows: group.rows,
    };
  });
}
