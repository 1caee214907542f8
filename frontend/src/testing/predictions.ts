import type { Prediction } from "@/api/predictions";

/** A prediction as the gateway tells of one that is under way. */
export const PREDICTION: Prediction = {
  id: "p1",
  status: "PROCESSING",
  filename: "may.csv",
  industry: null,
  churn_rate: null,
  encoding: null,
  snapshot_date: "2026-05-31",
  created_at: "2026-06-01T10:00:00Z",
  updated_at: "2026-06-01T10:00:10Z",
  completed_at: null,
  current_pass: "prepare",
  rows_done: 2500,
  rows_total: 10000,
  message: "Checking the data",
  questions: [],
  answer_with: null,
  error: null,
  size_bytes: 833000,
  sha256: null,
  scored_at: null,
  model_version: null,
  horizon_days: null,
  high_above: 0.7,
  medium_above: 0.4,
};
