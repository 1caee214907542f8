import { Button, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { api } from "@/api/client";
import { asProblem } from "@/api/problem";
import { isUnderWay, type Prediction, PREDICTION_LISTS, predictionQuery } from "@/api/predictions";
import { Notice } from "@/components/notice";

/** Cancels a prediction that is under way, or deletes one that is not: the service keeps nothing of either. */
export function DeleteButton({ prediction }: { prediction: Prediction }) {
  const [opened, { open, close }] = useDisclosure(false);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { id, filename } = prediction;
  const underWay = isUnderWay(prediction);

  const deletion = useMutation({
    mutationFn: () =>
      api.DELETE("/api/predictions/{prediction_id}", { params: { path: { prediction_id: id } } }),
    onSuccess() {
      void navigate("/predictions");
      queries.removeQueries({ queryKey: predictionQuery(id).queryKey });
      void queries.invalidateQueries({ queryKey: PREDICTION_LISTS });
    },
  });

  return (
    <>
      <Button variant="default" onClick={open}>
        {underWay ? "Cancel" : "Delete"}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={underWay ? "Cancel this prediction?" : "Delete this prediction?"}
        centered
      >
        <p className="text-sm break-words text-muted">
          {underWay ? "The work on" : "Everything made from"}{" "}
          <span className="font-medium text-ink">{filename}</span>
          {underWay
            ? " stops, and the file is deleted."
            : " is deleted, with the file itself."}{" "}
          This cannot be undone.
        </p>
        {deletion.isError && (
          <div className="mt-4">
            <Notice level="error" problem={asProblem(deletion.error)} />
          </div>
        )}
        <div className="mt-6 flex flex-wrap justify-end gap-3">
          <Button variant="default" onClick={close}>
            Keep it
          </Button>
          <Button
            color="red"
            loading={deletion.isPending}
            onClick={() => {
              deletion.mutate();
            }}
          >
            {underWay ? "Cancel it" : "Delete it"}
          </Button>
        </div>
      </Modal>
    </>
  );
}
