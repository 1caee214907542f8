import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { asProblem } from "@/api/problem";
import { Confirm } from "@/components/confirm";
import { Tag } from "@/components/tag";
import { formatDate, formatDateTime } from "@/lib/format";
import { type Key, useIsOwner, useRevokeKey } from "../queries";

/** One key: what it is for, what it may do, when it was used, and the way to end it. */
export function KeyRow({ apiKey: key }: { apiKey: Key }) {
  const owner = useIsOwner();
  const [opened, { open, close }] = useDisclosure(false);
  const revoke = useRevokeKey();
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 py-4 text-sm">
      <div className="min-w-0 flex-1 basis-52">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium break-words">{key.name}</span>
          <Tag tone={key.scope === "write" ? "brand" : "neutral"}>
            {key.scope === "write" ? "Write" : "Read"}
          </Tag>
        </p>
        <p className="text-muted">
          <code className="break-all">{key.shown}…</code> · created {formatDate(key.created_at)} ·{" "}
          {key.last_used_at ? `last used ${formatDateTime(key.last_used_at)}` : "never used"}
        </p>
      </div>
      {owner && (
        <Button variant="default" onClick={open} aria-label={`Revoke ${key.name}`}>
          Revoke
        </Button>
      )}
      <Confirm
        opened={opened}
        title={`Revoke “${key.name}”?`}
        action="Revoke the key"
        dangerous
        busy={revoke.isPending}
        problem={revoke.isError ? asProblem(revoke.error) : null}
        onClose={() => {
          close();
          revoke.reset();
        }}
        onConfirm={() => revoke.mutate(key.id, { onSuccess: close })}
      >
        <p>Programs that use it are refused from their next request on. This cannot be undone.</p>
      </Confirm>
    </li>
  );
}
