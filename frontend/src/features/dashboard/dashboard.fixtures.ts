/** Answers of the gateway, made up, for the tests of the dashboard. */

import type { components } from "@/api/schema";

export type Summary = components["schemas"]["LatestSummary"];

export function summary(more: Partial<Summary> = {}): Summary {
  return {
    customers: 7043,
    by_risk: { high: 540, medium: 1482, low: 5021 },
    mean_churn_probability: 0.266,
    average_retention: 0.734,
    monthly_revenue: 456116.6,
    revenue_at_risk: 139851.6,
    revenue_at_risk_low: 88874.2,
    revenue_at_risk_high: 199677.2,
    expected_saved_revenue: 55994.3,
    retention_histogram: Array.from({ length: 10 }, (_, place) => ({
      lower: place / 10,
      upper: (place + 1) / 10,
      customers: place === 9 ? 6143 : 100,
    })),
    drivers: [
      {
        feature: "contract",
        title: "contract",
        mean_impact_abs: 0.082,
        mean_impact: 0.002,
        customers: 3875,
        actionable: true,
      },
    ],
    plans: [
      { plan: "month-to-month", customers: 3875 },
      { plan: "two year", customers: 1695 },
    ],
    contacts: null,
    uploads: { count: 2, first_at: "2026-05-01T09:00:00Z", last_at: "2026-06-01T09:00:00Z" },
    ...more,
  };
}

export type Customer = components["schemas"]["LatestCustomer"];

export function customer(id: string, more: Partial<Customer> = {}): Customer {
  return {
    prediction_id: "p".repeat(32),
    uploaded_at: "2026-06-01T09:00:00Z",
    customer_id: id,
    customer_name: null,
    plan: "month-to-month",
    churn_probability: 0.918,
    probability_low: 0.832,
    probability_high: 0.962,
    retention_probability: 0.082,
    risk_level: "high",
    top_risk_factor: "has been a customer for 1 month; typical is 29",
    top_factors: [],
    other_impact: 0.2,
    base_probability: 0.267,
    recommendation:
      "Offer a one-year contract: by the model's estimate the risk falls from 92 % to 78 %.",
    action: "one_year",
    action_probability: 0.776,
    model_version: "v1",
    scored_at: "2026-06-01T09:00:01Z",
    horizon_days: 30,
    monthly_revenue: 100.8,
    revenue_at_risk: 92.51,
    revenue_at_risk_low: 83.83,
    revenue_at_risk_high: 96.96,
    expected_saved_revenue: 14.3,
    source_row: 1,
    ...more,
  };
}

export function page(customers: Customer[], total = customers.length, number = 1) {
  return { customers, total, page: number, page_size: 50 };
}
