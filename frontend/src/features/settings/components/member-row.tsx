import { Button, NativeSelect } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link2, Trash2 } from "lucide-react";
import { asProblem } from "@/api/problem";
import { useAuth } from "@/auth/auth";
import { Confirm } from "@/components/confirm";
import { Notice } from "@/components/notice";
import { ShowOnce } from "@/components/show-once";
import { Tag } from "@/components/tag";
import { formatDate } from "@/lib/format";
import {
  type Member,
  type Role,
  useIsOwner,
  useNewLink,
  useRemoveMember,
  useRole,
} from "../queries";
import { ROLES, welcomeAddress } from "../words";

/** One person: who, since when, and, for owners, what can be done about the seat. */
export function MemberRow({ member }: { member: Member }) {
  const { user: me, refresh } = useAuth();
  const owner = useIsOwner();
  const role = useRole();
  const link = useNewLink();
  const invited = member.status === "invited";
  const self = me?.user?.id === member.id;
  const problem = role.isError ? role.error : link.isError ? link.error : null;
  return (
    <li className="py-4 text-sm">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-52">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="font-medium break-words">{member.name || member.email}</span>
            {self && <span className="text-muted">(you)</span>}
            {invited && <Tag tone="fair">Invited</Tag>}
            {(!owner || invited) && (
              <Tag tone="neutral">{member.role === "owner" ? "Owner" : "Member"}</Tag>
            )}
          </p>
          <p className="text-muted">
            {member.name && <span className="break-all">{member.email} · </span>}
            <span className="whitespace-nowrap">
              {invited && member.expires_at
                ? `link works until ${formatDate(member.expires_at)}`
                : `since ${formatDate(member.since)}`}
            </span>
          </p>
        </div>
        {owner && (
          <div className="flex flex-wrap items-center gap-2">
            {!invited && (
              <NativeSelect
                aria-label={`Role of ${member.name || member.email}`}
                className="w-32"
                data={ROLES}
                value={member.role}
                disabled={role.isPending}
                onChange={(event) =>
                  role.mutate(
                    { id: member.id, role: event.target.value as Role },
                    { onSuccess: () => void (self && refresh()) },
                  )
                }
              />
            )}
            {!self && (
              <Button
                variant="default"
                loading={link.isPending}
                leftSection={<Link2 aria-hidden size={16} />}
                onClick={() => link.mutate(member.id)}
              >
                New link
              </Button>
            )}
            <RemoveButton member={member} self={self} />
          </div>
        )}
      </div>
      {problem && (
        <div className="mt-3">
          <Notice level="error" problem={asProblem(problem)} />
        </div>
      )}
      {link.data && (
        <div className="mt-3">
          <ShowOnce
            label={invited ? `The invitation of ${member.email}` : "A link for another password"}
            value={welcomeAddress(link.data.link)}
          >
            It works once, for {member.email} alone, and is shown here now and never again.
          </ShowOnce>
        </div>
      )}
    </li>
  );
}

function RemoveButton({ member, self }: { member: Member; self: boolean }) {
  const [opened, { open, close }] = useDisclosure(false);
  const { refresh } = useAuth();
  const remove = useRemoveMember();
  const invited = member.status === "invited";
  const who = member.name || member.email;
  return (
    <>
      <button
        type="button"
        aria-label={invited ? `Withdraw the invitation of ${who}` : `Remove ${who}`}
        onClick={open}
        className="inline-flex size-11 cursor-pointer items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-high"
      >
        <Trash2 aria-hidden size={18} />
      </button>
      <Confirm
        opened={opened}
        title={invited ? "Withdraw this invitation?" : `Remove ${who}?`}
        action={invited ? "Withdraw" : "Remove"}
        dangerous
        busy={remove.isPending}
        problem={remove.isError ? asProblem(remove.error) : null}
        onClose={() => {
          close();
          remove.reset();
        }}
        onConfirm={() =>
          remove.mutate(member.id, {
            onSuccess: () => {
              close();
              if (self) void refresh();
            },
          })
        }
      >
        <p className="break-words">
          {invited
            ? `The link for ${who} stops working.`
            : self
              ? "You are signed out at once, and come back only by an invitation."
              : `${who} is signed out at once. What they uploaded stays.`}
        </p>
      </Confirm>
    </>
  );
}
