import { useLocation } from "react-router";
import { customerPath, type Under } from "@/lib/paths";
import type { CustomerRow, Scope } from "./scope";

export interface CustomerLink {
  to: string;
  state: Under;
}

/** The way to a customer's drawer, with this page staying under it; null for one without an id. */
export function useCustomerLink(scope: Scope) {
  const { pathname, search } = useLocation();
  const state: Under = { under: pathname + search };
  return (customer: Pick<CustomerRow, "customer_id" | "prediction_id">): CustomerLink | null => {
    const prediction = customer.prediction_id ?? (scope.kind === "prediction" ? scope.id : null);
    if (!customer.customer_id || !prediction) return null;
    // The filters of one prediction hold on the page under a link that is sent to somebody; those of all uploads do not.
    const kept = scope.kind === "prediction" ? search : "";
    return { to: customerPath(prediction, customer.customer_id, kept), state };
  };
}
