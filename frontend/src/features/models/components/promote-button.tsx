import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { asProblem } from "@/api/problem";
import { Confirm } from "@/components/confirm";
import { industryTitle } from "@/lib/columns";
import { type Model, usePromote } from "../queries";

interface Props {
  model: Model;
  variant?: "filled" | "default";
}

/** Puts a model to use, once that was confirmed. */
export function PromoteButton({ model, variant = "default" }: Props) {
  const [opened, { open, close }] = useDisclosure(false);
  const promote = usePromote();
  return (
    <>
      <Button variant={variant} onClick={open}>
        Use this model
      </Button>
      <Confirm
        opened={opened}
        title={`Use model ${model.version}?`}
        action="Use this model"
        busy={promote.isPending}
        problem={promote.isError ? asProblem(promote.error) : null}
        onClose={() => {
          close();
          promote.reset();
        }}
        onConfirm={() => promote.mutate(model.version, { onSuccess: close })}
      >
        <p>
          From now on it scores every {industryTitle(model.industry)} file that is uploaded. What
          was scored before stays as it is, and you can go back at any time, step by step, to
          RetainWise's own model too.
        </p>
      </Confirm>
    </>
  );
}
