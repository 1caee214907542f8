import { Button, NativeSelect, TextInput } from "@mantine/core";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { asProblem } from "@/api/problem";
import { useAuth } from "@/auth/auth";
import { Card } from "@/components/card";
import { ChartCard, ChartCardSkeleton } from "@/components/chart-card";
import { ErrorState } from "@/components/error-state";
import { Notice } from "@/components/notice";
import { ShowOnce } from "@/components/show-once";
import { formatCount, plural } from "@/lib/format";
import { MemberRow } from "./components/member-row";
import { against } from "./components/against";
import { type Role, useInvite, useIsOwner, useMembers } from "./queries";
import { ROLES, welcomeAddress } from "./words";

/** Who has a seat, and how others come in. */
export default function PeopleSection() {
  const owner = useIsOwner();
  const members = useMembers();
  if (members.isPending) return <ChartCardSkeleton height="h-60" />;
  if (members.isError && !members.data) {
    return (
      <Card>
        <ErrorState
          title="The people could not be loaded"
          error={members.error}
          onRetry={() => void members.refetch()}
        />
      </Card>
    );
  }
  const people = members.data.members;
  return (
    <div className="flex flex-col gap-4 lg:gap-5">
      <ChartCard title="People" action={<Seats taken={people.length} />}>
        <ul className="-my-1 flex flex-col divide-y divide-line">
          {people.map((member) => (
            <MemberRow key={member.id} member={member} />
          ))}
        </ul>
      </ChartCard>
      {owner ? (
        <Invite />
      ) : (
        <Notice level="info">
          Owners invite people, change roles and remove seats. Ask{" "}
          {people.find((each) => each.role === "owner")?.name || "an owner"}.
        </Notice>
      )}
    </div>
  );
}

/** How many seats are taken, of how many the plan has. */
function Seats({ taken }: { taken: number }) {
  const seats = useAuth().user?.plan.seats;
  return (
    <span className="text-sm text-muted">
      {seats
        ? `${formatCount(taken)} of ${formatCount(seats)} seats`
        : `${plural(taken, "seat")} taken`}
    </span>
  );
}

function Invite() {
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("member");
  const invite = useInvite();
  const problem = invite.isError ? asProblem(invite.error) : null;
  return (
    <ChartCard title="Invite someone">
      {problem && problem.fields.length === 0 && (
        <div className="mb-4">
          <Notice level="error" problem={problem} />
        </div>
      )}
      <form
        className="flex flex-wrap items-start gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          invite.mutate({ email, role }, { onSuccess: () => setEmail("") });
        }}
      >
        <TextInput
          type="email"
          label="Email"
          required
          withAsterisk={false}
          autoComplete="off"
          className="min-w-0 flex-1 basis-60"
          value={email}
          error={against(problem, "email")}
          onChange={(event) => setEmail(event.target.value)}
        />
        <NativeSelect
          label="Role"
          className="w-36 max-xs:w-full"
          data={ROLES}
          value={role}
          onChange={(event) => setRole(event.target.value as Role)}
        />
        <Button
          type="submit"
          loading={invite.isPending}
          leftSection={<UserPlus aria-hidden size={16} />}
          className="mt-6 max-xs:mt-0 max-xs:w-full"
        >
          Create an invitation
        </Button>
      </form>
      {invite.data && (
        <div className="mt-4">
          <ShowOnce
            label={`The invitation of ${invite.data.member.email}`}
            value={welcomeAddress(invite.data.link)}
          >
            Send this link to them: it works once. It is shown here now and never again.
          </ShowOnce>
        </div>
      )}
    </ChartCard>
  );
}
