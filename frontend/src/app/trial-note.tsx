import { Clock } from "lucide-react";
import { Link } from "react-router";
import { useAuth } from "@/auth/auth";

/** How long the trial lasts, where there is one; for owners with the way to go on. */
export function TrialNote({ onNavigate }: { onNavigate?: () => void }) {
  const { user: me } = useAuth();
  const left = me?.plan.trial_days_left;
  if (left === null || left === undefined) return null;
  const words =
    left === 0 ? "Your trial is over" : `${left} ${left === 1 ? "day" : "days"} left in your trial`;
  const owner = me?.user?.role === "owner";
  return (
    <div
      className={`rounded-lg p-3 text-sm ${left <= 3 ? "bg-medium-tint text-medium" : "bg-brand-tint text-brand"}`}
    >
      <p className="flex items-center gap-2 font-medium">
        <Clock aria-hidden size={16} className="shrink-0" />
        {words}
      </p>
      <Link
        to={owner ? "/settings/plan" : "/pricing"}
        onClick={onNavigate}
        className="-mb-2 inline-flex min-h-11 items-center text-ink underline underline-offset-3"
      >
        {owner ? "Choose a plan" : "See the plans"}
      </Link>
    </div>
  );
}
