import { Button } from "@mantine/core";
import { type ReactNode, useCallback, useState } from "react";
import { useNavigate } from "react-router";
import type { Prediction } from "@/api/predictions";
import { Card } from "@/components/card";
import { FileDrop } from "@/components/file-drop";
import { Notice } from "@/components/notice";
import { PageHeader } from "@/components/page-header";
import { ChosenFile } from "./components/chosen-file";
import { Samples } from "./components/samples";
import { SendingPanel } from "./components/sending-panel";
import { Unfinished } from "./components/unfinished";
import { UploadOptions } from "./components/upload-options";
import { WantedColumns } from "./components/wanted-columns";
import { churnFault, fieldsOf, NO_CHOICES } from "./options";
import { useTemplates, useUnfinished } from "./queries";
import { useSending } from "./use-sending";

/** A file to be looked at before it is sent, with what was said about it. */
export interface ReviewRequest {
  file: File;
  fields: Record<string, string>;
  /** Sends the file, with these decisions as JSON. */
  onDecided(decisions: string): void;
  onBack(): void;
}

interface Props {
  /** The review of a file's columns, which is a feature of its own. */
  review(request: ReviewRequest): ReactNode;
}

/** From a dropped file to a prediction under way. */
export default function UploadPage({ review }: Props) {
  const navigate = useNavigate();
  const { data: templates } = useTemplates();
  // What is below the drop area comes once this is known, so that nothing moves. A fault is for the list of predictions.
  const unfinished = useUnfinished();
  const [file, setFile] = useState<File | null>(null);
  const [choices, setChoices] = useState(NO_CHOICES);
  const [reviewing, setReviewing] = useState(false);
  const onStored = useCallback(
    (prediction: Prediction) => void navigate(`/predictions/${prediction.id}`),
    [navigate],
  );
  const { sending, problem, send, cancel } = useSending(onStored);
  const fields = fieldsOf(choices);

  function choose(chosen: File | null, snapshotDate = "") {
    setFile(chosen);
    setChoices({ ...NO_CHOICES, snapshotDate });
    setReviewing(false);
  }

  if (file && reviewing && !sending) {
    return review({
      file,
      fields,
      onDecided: (decisions) => {
        setReviewing(false);
        void send(file, { ...fields, decisions });
      },
      onBack: () => {
        setReviewing(false);
      },
    });
  }
  return (
    <div className={`mx-auto ${file ? "max-w-3xl" : "max-w-5xl"}`}>
      <PageHeader
        title="Upload"
        caption="A file of customers, as your billing or CRM tool exports it."
      />
      {sending ? (
        <SendingPanel sending={sending} onCancel={cancel} />
      ) : file ? (
        <Card>
          {problem && (
            <div className="mb-4">
              <Notice level="error" problem={problem} />
            </div>
          )}
          <ChosenFile file={file} onRemove={() => choose(null)} />
          <div className="mt-3">
            <UploadOptions choices={choices} onChange={setChoices} />
          </div>
          <div className="mt-5 flex flex-col-reverse gap-3 xs:flex-row xs:justify-end">
            <Button
              variant="default"
              disabled={churnFault(choices) !== null}
              onClick={() => setReviewing(true)}
            >
              Check the columns first
            </Button>
            <Button
              data-autofocus
              disabled={churnFault(choices) !== null}
              onClick={() => void send(file, fields)}
            >
              Predict who will leave
            </Button>
          </div>
        </Card>
      ) : (
        <>
          <FileDrop onChoose={choose} bytesMax={templates?.upload_bytes_max ?? null} />
          {!unfinished.isPending && (
            <>
              <Unfinished unfinished={unfinished.data ?? []} />
              <div className="mt-5 grid items-start gap-5 md:grid-cols-2">
                <Samples onTry={(sample, sampleFile) => choose(sampleFile, sample.snapshotDate)} />
                <WantedColumns />
              </div>
            </>
          )}
        </>
      )}
    </div>
  );
}
