import type { Field, Mapping } from "./decisions";

const column = (name: string, canonical: string | null, confidence = 90) => ({
  column: name,
  canonical,
  confidence,
  strategy: "alias",
  evidence: canonical ? `'${name}' is a name of ${canonical}` : "",
  derivation: null,
  alternatives: [],
  samples: ["one", "two"],
});

/** A file whose tenure is computed, whose revenue is asked for, and whose dates can be read in two ways. */
export const MAPPING: Mapping = {
  industry: "saas",
  signature: { tool: "Stripe subscriptions", confidence: 96 },
  mappings: [
    column("Account", "customer_id", 99),
    {
      ...column("Started", "signup_date", 72),
      derivation: { canonical: "tenure_months", rule: "months_since" },
    },
    column("Amount", null, 0),
    column("Fee", "discount_percent", 40),
    column("Note", null, 0),
  ],
  derived: [
    {
      canonical: "tenure_months",
      rule: "months_since",
      columns: ["Started"],
      parameters: { until: "2026-05-31" },
      confidence: 93,
      evidence: "all are dates",
      examples: [{ before: ["2024-05-31"], after: "24" }],
    },
  ],
  questions: [
    {
      canonical: "mrr",
      message: "Which column says monthly recurring revenue (mrr)?",
      candidates: [{ column: "Amount", confidence: 64 }],
      may_be_absent: true,
      kind: "column",
      options: [],
      column: null,
    },
    {
      canonical: "signup_date",
      message: "Does the day come first?",
      candidates: [],
      may_be_absent: false,
      kind: "reading",
      options: [
        { id: "day_first", meaning: "the day comes first" },
        { id: "month_first", meaning: "the month comes first" },
      ],
      column: "Started",
    },
  ],
  missing_required: ["mrr"],
};

const field = (name: string, required = false): Field => ({
  name,
  kind: "text",
  meaning: `meaning of ${name}`,
  unit: "",
  required,
  minimum: null,
  maximum: null,
  values: [],
  personal: false,
  example: "",
});

export const FIELDS: Field[] = [
  field("customer_id", true),
  field("discount_percent"),
  field("country"),
  field("tenure_months", true),
  field("mrr", true),
  field("signup_date"),
];
