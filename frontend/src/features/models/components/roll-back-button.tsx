import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Undo2 } from "lucide-react";
import { useState } from "react";
import { asProblem } from "@/api/problem";
import { Confirm } from "@/components/confirm";
import { randomKey } from "@/lib/random-key";
import { type Industry, useRollBack } from "../queries";

interface Props {
  industry: Industry;
  /** The version that would be in use again; null: the baseline. */
  version: string | null;
}

/** Goes back to the model that was in use before, once that was confirmed; from the first own one, to the baseline. */
export function RollBackButton({ industry, version }: Props) {
  const [opened, { open, close }] = useDisclosure(false);
  const [key, setKey] = useState("");
  const rollBack = useRollBack();
  const action = version === null ? "Use RetainWise's own model again" : "Roll back";
  return (
    <>
      <Button
        variant="default"
        leftSection={<Undo2 aria-hidden size={16} />}
        onClick={() => {
          setKey(randomKey());
          open();
        }}
      >
        {action}
      </Button>
      <Confirm
        opened={opened}
        title={`Go back to ${version === null ? "RetainWise's own model" : `model ${version}`}?`}
        action={action}
        busy={rollBack.isPending}
        problem={rollBack.isError ? asProblem(rollBack.error) : null}
        onClose={() => {
          close();
          rollBack.reset();
        }}
        onConfirm={() => rollBack.mutate({ industry, key }, { onSuccess: close })}
      >
        <p>
          New files are scored by it again. The present model is kept, and can be put to use once
          more.
        </p>
      </Confirm>
    </>
  );
}
