import { Button } from "@mantine/core";
import { Download } from "lucide-react";
import { type ReactNode, useState } from "react";
import { asProblem, type Problem, problemOf } from "@/api/problem";
import { useAuth } from "@/auth/auth";
import { Notice } from "./notice";

interface Props {
  /** The gateway's path of the file. */
  href: string;
  /** What the file is called on the person's disk. */
  filename: string;
  children: ReactNode;
}

/** Brings a file of the gateway's. The session's cookie goes with a plain link; a bearer token does not, so where
 *  someone else signs people in the file is fetched first. */
export function DownloadButton({ href, filename, children }: Props) {
  const { kind, getToken } = useAuth();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const icon = <Download aria-hidden size={16} />;

  if (kind === "builtin") {
    return (
      <Button component="a" href={href} download={filename} variant="default" leftSection={icon}>
        {children}
      </Button>
    );
  }

  async function bring() {
    setBusy(true);
    setProblem(null);
    try {
      const token = await getToken();
      const answer = await fetch(href, { headers: { Authorization: `Bearer ${token ?? ""}` } });
      if (!answer.ok) throw await problemOf(answer);
      keep(await answer.blob(), filename);
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  }
  return (
    <>
      <Button variant="default" leftSection={icon} loading={busy} onClick={() => void bring()}>
        {children}
      </Button>
      {problem && <Notice level="error" problem={problem} />}
    </>
  );
}

function keep(file: Blob, filename: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = filename;
  link.click();
  URL.revokeObjectURL(link.href);
}
