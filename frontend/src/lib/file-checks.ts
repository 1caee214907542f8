/** Whether a file can be one of customers, as far as its name and size tell; the gateway looks at the bytes. */

import { formatBytes } from "./format";

/** Endings of files that RetainWise reads. */
export const READABLE = [
  ".csv",
  ".tsv",
  ".txt",
  ".xlsx",
  ".parquet",
  ".arrow",
  ".feather",
  ".gz",
  ".zip",
] as const;

const ADVICE: Record<string, string> = {
  ".xls": "This is the Excel format of before 2007. Open it and save it as .xlsx or CSV.",
  ".xlsb": "This is Excel's binary format. Open it and save it as .xlsx or CSV.",
  ".numbers": "This is a Numbers file. Choose File, Export To, CSV in Numbers, and take that.",
  ".ods": "This is an OpenDocument file. Open it and save it as CSV.",
  ".pdf": "This is a PDF. Export the table as CSV from the tool it came from.",
  ".json": "This is JSON. Export the table as CSV from the tool it came from.",
};

/** What is wrong with the file, and what would work, in a sentence; null where nothing is. bytesMax: null where it is
 *  not known. */
export function faultOf(file: File, bytesMax: number | null): string | null {
  const ending = endingOf(file.name);
  if (!READABLE.some((each) => each === ending)) {
    return (
      ADVICE[ending] ??
      `“${file.name}” is not a kind of file that RetainWise reads. Take a CSV, Excel (.xlsx) or Parquet file.`
    );
  }
  if (file.size === 0) return `“${file.name}” is empty. Export it again, and look into it first.`;
  if (bytesMax !== null && file.size > bytesMax) {
    return `“${file.name}” has ${formatBytes(file.size)}; at most ${formatBytes(bytesMax)} are taken. Pack it with gzip, or split it.`;
  }
  return null;
}

/** ".csv" of "May.CSV"; "" of a name without an ending. */
export function endingOf(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(dot).toLowerCase() : "";
}

/** Endings whose beginning can be read without the rest. */
const TEXT = [".csv", ".tsv", ".txt"];

/** As much of the file as says what its columns are: of a text its first `bytes`, to the end of a row; of others all,
 *  or null where that is more than `bytesMax`. */
export async function headOf(file: File, bytes: number, bytesMax: number): Promise<File | null> {
  if (!TEXT.includes(endingOf(file.name)) || file.size <= bytes) {
    return file.size <= bytesMax ? file : null;
  }
  const head = new Uint8Array(await file.slice(0, bytes).arrayBuffer());
  const end = head.lastIndexOf(0x0a);
  return new File([head.slice(0, end < 0 ? head.length : end + 1)], file.name, { type: file.type });
}
