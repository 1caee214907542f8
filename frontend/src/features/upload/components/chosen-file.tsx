import { FileSpreadsheet, X } from "lucide-react";
import { formatBytes } from "@/lib/format";

interface Props {
  file: File;
  /** Absent where it can no longer be taken back. */
  onRemove?: () => void;
}

/** The file that was chosen: its name and its size. */
export function ChosenFile({ file, onRemove }: Props) {
  return (
    <div className="flex items-center gap-3">
      <span className="flex size-11 shrink-0 items-center justify-center rounded-lg bg-brand-tint text-brand">
        <FileSpreadsheet aria-hidden size={20} />
      </span>
      <div className="min-w-0 flex-1">
        <p className="line-clamp-2 text-sm font-medium break-all">{file.name}</p>
        <p className="text-xs text-muted">{formatBytes(file.size)}</p>
      </div>
      {onRemove && (
        <button
          type="button"
          aria-label="Choose another file"
          onClick={onRemove}
          className="-mr-2 inline-flex size-11 shrink-0 cursor-pointer items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink"
        >
          <X aria-hidden size={18} />
        </button>
      )}
    </div>
  );
}
