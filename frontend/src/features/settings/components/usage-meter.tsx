import type { Me } from "@/auth/auth";
import { formatCount, formatPercent } from "@/lib/format";

const NEARLY_FROM = 0.8;

/** How many predictions of the month are used, and set aside for files that are being scored. */
export function UsageMeter({ me }: { me: Me }) {
  const { predictions, reserved } = me.usage;
  const limit = me.plan.predictions_month;
  const used = predictions + reserved;
  if (limit === null) {
    return (
      <p className="text-sm">
        <span className="block text-2xl font-semibold tracking-tight">{formatCount(used)}</span>
        <span className="text-muted">predictions; your plan has no limit</span>
      </p>
    );
  }
  const share = limit > 0 ? used / limit : 1;
  const fill =
    share >= 1 ? "bg-high-mark" : share >= NEARLY_FROM ? "bg-medium-mark" : "bg-neutral-mark";
  return (
    <div className="text-sm">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-2xl font-semibold tracking-tight">{formatCount(used)}</span>
        <span className="text-muted">of {formatCount(limit)} predictions</span>
      </p>
      <div
        role="meter"
        aria-label="Predictions used this month"
        aria-valuemin={0}
        aria-valuemax={limit}
        aria-valuenow={Math.min(used, limit)}
        aria-valuetext={`${formatCount(used)} of ${formatCount(limit)}`}
        className="mt-3 h-2.5 overflow-hidden rounded-full bg-sunken"
      >
        <div
          className={`h-full rounded-full ${fill}`}
          style={{ width: `${Math.min(100, 100 * share)}%` }}
        />
      </div>
      <p className="mt-2 text-muted">
        {used > limit
          ? `Over the limit by ${formatCount(used - limit)}. `
          : limit > 0 && `${formatPercent(share, 0)} used, ${formatCount(limit - used)} left. `}
        {reserved > 0 && `${formatCount(reserved)} of them are set aside for files being scored. `}
        It starts again on the first of next month (UTC).
      </p>
    </div>
  );
}
