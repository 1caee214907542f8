import { FileUp } from "lucide-react";
import { useState } from "react";
import { useDropzone } from "react-dropzone";
import { faultOf, READABLE } from "@/lib/file-checks";
import { formatBytes } from "@/lib/format";
import { Notice } from "./notice";

interface Props {
  onChoose(file: File): void;
  /** Size of the largest file that is taken; null where it is not known. */
  bytesMax: number | null;
}

/** Where a file is dropped, or chosen: the whole area is one button. Says what is wrong with one that cannot be it. */
export function FileDrop({ onChoose, bytesMax }: Props) {
  const [fault, setFault] = useState<string | null>(null);

  const { getRootProps, getInputProps, isDragActive } = useDropzone({
    multiple: false,
    useFsAccessApi: false,
    onDrop(accepted, rejected) {
      const files = [...accepted, ...rejected.map((each) => each.file)];
      const [file] = files;
      if (!file) return;
      const found =
        files.length > 1
          ? "These are several files. Choose one at a time."
          : faultOf(file, bytesMax);
      setFault(found);
      if (!found) onChoose(file);
    },
  });

  return (
    <div>
      <div
        {...getRootProps({
          role: "button",
          "aria-label": "Choose a file of customers, or drop one here",
          className: `flex min-h-56 cursor-pointer flex-col items-center justify-center rounded-card border-2 border-dashed px-4 py-10 text-center transition-colors ${
            isDragActive
              ? "border-brand bg-brand-tint"
              : "border-control bg-surface hover:border-brand hover:bg-sunken"
          }`,
        })}
      >
        <span className="mb-4 flex size-14 items-center justify-center rounded-full bg-brand-tint text-brand">
          <FileUp aria-hidden size={26} />
        </span>
        <p className="text-base font-semibold">
          {isDragActive ? (
            "Drop it here"
          ) : (
            <>
              <span className="pointer-coarse:hidden">Drop your customer file here</span>
              <span className="hidden pointer-coarse:inline">Choose your customer file</span>
            </>
          )}
        </p>
        <p className="mt-1 text-sm text-muted pointer-coarse:hidden">
          or <span className="font-medium text-brand">choose one</span> from this device
        </p>
        <p className="mt-4 text-xs text-muted">
          CSV, Excel or Parquet, zipped or not
          {/* Its line is there before it is known, or all below would move. */}
          <span className="block min-h-4.5">
            {bytesMax !== null && `up to ${formatBytes(bytesMax)}`}
          </span>
        </p>
      </div>
      {/* Beside the area, not in it: a control inside of a button is none to assistive software. */}
      <input
        {...getInputProps({ accept: READABLE.join(","), "aria-label": "File of customers" })}
      />
      {fault && (
        <div className="mt-3">
          <Notice level="error">{fault}</Notice>
        </div>
      )}
    </div>
  );
}
