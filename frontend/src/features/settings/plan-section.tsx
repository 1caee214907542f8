import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { asProblem } from "@/api/problem";
import { type Me, useAuth } from "@/auth/auth";
import { Card } from "@/components/card";
import { ChartCard } from "@/components/chart-card";
import { Confirm } from "@/components/confirm";
import { ErrorState } from "@/components/error-state";
import { Notice } from "@/components/notice";
import { PlanCard } from "@/components/plan-card";
import { Skeleton } from "@/components/skeleton";
import { formatDate } from "@/lib/format";
import type { Plan } from "@/lib/plans";
import { UsageMeter } from "./components/usage-meter";
import { useChoosePlan, useIsOwner, usePlans } from "./queries";

/** The plan, what is used of it, and the others. */
export default function PlanSection() {
  const { user: me } = useAuth();
  const plans = usePlans();
  const owner = useIsOwner();
  if (!me) return null;
  return (
    <div className="flex flex-col gap-4 lg:gap-5">
      <Trial me={me} />
      <ChartCard
        title={`Used in ${monthOf(me.usage.month)}`}
        help="One prediction is one customer scored. A file is counted once its rows were checked; rows that are set aside are not."
      >
        <UsageMeter me={me} />
      </ChartCard>
      {!owner && <Notice level="info">Owners change the plan. Ask one of yours.</Notice>}
      {plans.isError && !plans.data ? (
        <Card>
          <ErrorState
            title="The plans could not be loaded"
            error={plans.error}
            onRetry={() => void plans.refetch()}
          />
        </Card>
      ) : (
        <div className="grid gap-4 xs:grid-cols-2">
          {plans.isPending
            ? [0, 1, 2, 3].map((place) => <Skeleton key={place} className="h-80 rounded-card!" />)
            : plans.data.map((plan, place) => (
                <PlanCard
                  key={plan.id}
                  plan={plan}
                  below={plans.data[place - 1]}
                  present={plan.id === me.plan.id && me.plan.trial_days_left === null}
                  action={
                    owner && (
                      <ChooseButton
                        plan={plan}
                        me={me}
                        present={plans.data.find((each) => each.id === me.plan.id)}
                      />
                    )
                  }
                />
              ))}
        </div>
      )}
    </div>
  );
}

function Trial({ me }: { me: Me }) {
  const { trial_days_left: left, trial_ends_at: ends, name } = me.plan;
  if (left === null) return null;
  return left > 0 ? (
    <Notice level="info">
      You are trying {name}: {left} {left === 1 ? "day" : "days"} left, until {formatDate(ends)}.
      Choose a plan to continue without a break.
    </Notice>
  ) : (
    <Notice level="warning">
      Your trial of {name} ended on {formatDate(ends)}. All your data is here; choose a plan to
      continue.
    </Notice>
  );
}

interface ChooseProps {
  plan: Plan;
  me: Me;
  present: Plan | undefined;
}

function ChooseButton({ plan, me, present }: ChooseProps) {
  const [opened, { open, close }] = useDisclosure(false);
  const choose = useChoosePlan();
  const trial = me.plan.trial_days_left !== null;
  if (plan.id === me.plan.id && !trial) return null;
  if (plan.price_usd_month === null) {
    return <p className="text-sm text-muted">Its terms are agreed in person: write to us.</p>;
  }
  return (
    <>
      <Button
        fullWidth
        variant={trial && plan.id === me.plan.id ? "filled" : "default"}
        onClick={open}
      >
        Choose {plan.name}
      </Button>
      <Confirm
        opened={opened}
        title={`Change to ${plan.name}?`}
        action={`Choose ${plan.name}`}
        busy={choose.isPending}
        problem={choose.isError ? asProblem(choose.error) : null}
        onClose={() => {
          close();
          choose.reset();
        }}
        onConfirm={() => choose.mutate(plan.id, { onSuccess: close })}
      >
        <p>
          It takes effect at once{trial && " and ends the trial"}. Files that waited for a larger
          plan continue by themselves.
        </p>
        {present?.price_usd_month === null && (
          <p className="font-medium text-high">
            {present.name} is agreed in person: you cannot come back to it from here.
          </p>
        )}
        <p className="text-muted">
          Nothing is charged here: this RetainWise has no payment provider yet.
        </p>
      </Confirm>
    </>
  );
}

/** "2026-11" as "November 2026". */
function monthOf(month: string): string {
  return new Date(`${month}-15T12:00:00`).toLocaleDateString("en-US", {
    month: "long",
    year: "numeric",
  });
}
