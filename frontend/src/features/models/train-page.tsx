import { Button } from "@mantine/core";
import { FileSpreadsheet, X } from "lucide-react";
import { useState } from "react";
import { useNavigate } from "react-router";
import { $api } from "@/api/client";
import { Card } from "@/components/card";
import { ChartCard } from "@/components/chart-card";
import { FileDrop } from "@/components/file-drop";
import { LockedNotice } from "@/components/locked-notice";
import { Notice } from "@/components/notice";
import { PageHeader } from "@/components/page-header";
import { ProgressBar } from "@/components/progress-bar";
import { TextLink } from "@/components/text-link";
import { formatBytes } from "@/lib/format";
import { TrainingOptions } from "./components/training-options";
import { fieldsOf, horizonFault, NO_CHOICES } from "./options";
import { useOwnModelsOpen } from "./queries";
import { useTrainingUpload } from "./use-training-upload";

/** A file to learn from: chosen, described, sent. */
export default function TrainPage() {
  const navigate = useNavigate();
  const templates = $api.useQuery("get", "/api/templates");
  const open = useOwnModelsOpen();
  const [file, setFile] = useState<File | null>(null);
  const [choices, setChoices] = useState(NO_CHOICES);
  const { sending, problem, send, cancel } = useTrainingUpload(
    (training) => void navigate(`/models/trainings/${training.id}`),
  );
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        title="Train a model"
        caption="It learns from customers of whom you know who left and who stayed."
      />
      <p className="mb-4 text-sm">
        <TextLink to="/models">All models</TextLink>
      </p>
      {problem && (
        <div className="mb-4">
          <Notice level="error" problem={problem} />
        </div>
      )}
      {!open ? (
        <LockedNotice feature="own_models" />
      ) : sending ? (
        <Sending file={sending.file} bytes={sending.bytes} onCancel={cancel} />
      ) : file ? (
        <Card>
          <div className="flex items-center gap-3">
            <FileSpreadsheet aria-hidden size={20} className="shrink-0 text-muted" />
            <div className="min-w-0 flex-1 text-sm">
              <p className="font-medium break-all">{file.name}</p>
              <p className="text-muted">{formatBytes(file.size)}</p>
            </div>
            <button
              type="button"
              aria-label="Choose another file"
              onClick={() => setFile(null)}
              className="inline-flex size-11 shrink-0 cursor-pointer items-center justify-center rounded-md hover:bg-sunken"
            >
              <X aria-hidden size={18} />
            </button>
          </div>
          <div className="mt-5 border-t border-line pt-5">
            <TrainingOptions choices={choices} onChange={setChoices} />
          </div>
          <div className="mt-6 flex justify-end">
            <Button
              disabled={horizonFault(choices) !== null}
              onClick={() => void send(file, fieldsOf(choices))}
            >
              Start training
            </Button>
          </div>
        </Card>
      ) : (
        <>
          <FileDrop onChoose={setFile} bytesMax={templates.data?.upload_bytes_max ?? null} />
          <div className="mt-5">
            <Wanted />
          </div>
        </>
      )}
    </div>
  );
}

function Sending({ file, bytes, onCancel }: { file: File; bytes: number; onCancel(): void }) {
  const arrived = bytes >= file.size;
  return (
    <Card>
      <p className="text-sm font-medium break-all">{file.name}</p>
      <div className="mt-4">
        <ProgressBar share={arrived ? null : bytes / file.size} label={`Sending ${file.name}`} />
        <p className="mt-2 text-xs text-muted">
          {arrived
            ? "All of it has arrived. Storing it now."
            : `${formatBytes(bytes)} of ${formatBytes(file.size)}`}
        </p>
      </div>
      <div className="mt-5 flex items-center justify-between gap-4">
        <p className="text-xs text-muted">Keep this page open until the file has arrived.</p>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </Card>
  );
}

function Wanted() {
  return (
    <ChartCard title="What makes a good file to learn from">
      <ul className="flex list-disc flex-col gap-2 pl-5 text-sm">
        <li>One row for each customer, as they were on one day in the past.</li>
        <li>
          A column that says who has left since, within a month or so: “churned”, “status”, or the
          day of the cancellation.
        </li>
        <li>
          At least 50 customers, 15 who left and 15 who stayed. From a few hundred on it is usually
          worth it.
        </li>
        <li>
          Use, support and payment as they were on that day. What is only written down after the end
          is found and left out.
        </li>
      </ul>
    </ChartCard>
  );
}
