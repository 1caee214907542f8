interface Props {
  /** 0 to 1; null where it is not known how much there is. */
  share: number | null;
  label: string;
}

/** How far something has come. */
export function ProgressBar({ share, label }: Props) {
  const percent = share === null ? undefined : Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className="h-2 overflow-hidden rounded-full bg-line"
    >
      <div
        className={`h-full rounded-full bg-brand-fill transition-[width] duration-300 ${
          percent === undefined ? "w-1/3 animate-sweep" : ""
        }`}
        style={percent === undefined ? undefined : { width: `${percent}%` }}
      />
    </div>
  );
}
