/** A few values of a column, so that one sees what it is. */
export function SampleValues({ values }: { values: string[] }) {
  if (values.length === 0) return null;
  return (
    <span className="flex flex-wrap gap-1.5">
      {values.map((value) => (
        <code
          key={value}
          className="max-w-full truncate rounded bg-sunken px-1.5 py-0.5 font-sans text-xs text-muted"
        >
          {value}
        </code>
      ))}
    </span>
  );
}
