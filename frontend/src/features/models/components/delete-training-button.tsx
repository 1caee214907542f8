import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useNavigate } from "react-router";
import { asProblem } from "@/api/problem";
import { Confirm } from "@/components/confirm";
import { isUnderWay, type Training, useDeleteTraining } from "../queries";

/** Cancels a training that is under way, or deletes one that is not. */
export function DeleteTrainingButton({ training }: { training: Training }) {
  const [opened, { open, close }] = useDisclosure(false);
  const navigate = useNavigate();
  const deletion = useDeleteTraining();
  const underWay = isUnderWay(training) || training.status === "NEEDS_MAPPING";
  return (
    <>
      <Button variant="default" onClick={open}>
        {underWay ? "Cancel" : "Delete"}
      </Button>
      <Confirm
        opened={opened}
        title={underWay ? "Cancel this training?" : "Delete this training?"}
        action={underWay ? "Cancel it" : "Delete it"}
        dangerous
        busy={deletion.isPending}
        problem={deletion.isError ? asProblem(deletion.error) : null}
        onClose={close}
        onConfirm={() =>
          deletion.mutate(training.id, { onSuccess: () => void navigate("/models") })
        }
      >
        <p className="break-words">
          {underWay ? "The work on" : "Everything made from"}{" "}
          <span className="font-medium">{training.filename}</span>{" "}
          {underWay ? "stops, and the file is deleted." : "is deleted, with the file itself."}{" "}
          {training.version && "The model stays: it holds no customers. Its plots go."}
        </p>
      </Confirm>
    </>
  );
}
