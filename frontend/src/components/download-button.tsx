import { Button } from "@mantine/core";
import { Download } from "lucide-react";
import { type ReactNode, useState } from "react";
import { keepFile } from "@/api/keep-file";
import { asProblem, type Problem } from "@/api/problem";
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
  const { kind } = useAuth();
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
      await keepFile(href, filename);
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
