import { formatPercent } from "@/lib/format";

interface Props {
  before: number;
  after: number;
}

/** The chance of leaving as it stands and as it would be, one bar below the other. */
export function BeforeAfter({ before, after }: Props) {
  return (
    <div
      role="img"
      aria-label={`The chance of leaving: ${formatPercent(before)} now, ${formatPercent(after)} after.`}
      className="flex flex-col gap-2"
    >
      <Bar label="Now" share={before} fill="bg-control" />
      <Bar label="After" share={after} fill={after <= before ? "bg-lowers" : "bg-raises"} />
    </div>
  );
}

function Bar({ label, share, fill }: { label: string; share: number; fill: string }) {
  return (
    <div className="flex items-center gap-3 text-sm">
      <span className="w-10 shrink-0 text-xs text-muted">{label}</span>
      <span className="h-2.5 min-w-0 flex-1 rounded-full bg-line">
        <span
          className={`block h-full rounded-full transition-[width] duration-300 ${fill}`}
          style={{ width: `${100 * share}%` }}
        />
      </span>
      <span className="w-14 shrink-0 text-right font-semibold">{formatPercent(share)}</span>
    </div>
  );
}
