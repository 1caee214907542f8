import { Button } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { Link } from "react-router";
import { $api } from "@/api/client";
import { useAuth } from "@/auth/auth";
import { ErrorState } from "@/components/error-state";
import { PlanCard } from "@/components/plan-card";
import { Skeleton } from "@/components/skeleton";
import { TextLink } from "@/components/text-link";

/** What each plan costs and holds, for everybody. */
export default function PricingPage() {
  useDocumentTitle("Plans · RetainWise");
  const { user: me, signUpOpen } = useAuth();
  const plans = $api.useQuery("get", "/api/plans", undefined, { staleTime: Infinity });
  return (
    <div className="mx-auto max-w-6xl">
      <header className="mx-auto mb-8 max-w-2xl text-center sm:mb-12">
        <h1 className="text-2xl font-semibold tracking-tight text-balance sm:text-3xl">
          Know who is about to leave, and what to do about it
        </h1>
        <p className="mt-3 text-base text-balance text-muted">
          One prediction is one customer scored: with the reasons, an action, and the revenue at
          stake.
        </p>
        {!me && signUpOpen && (
          <div className="mt-6">
            <Button component={Link} to="/sign-up">
              Start a free trial
            </Button>
            <p className="mt-2 text-sm text-muted">14 days of Professional, no card.</p>
          </div>
        )}
      </header>
      {plans.isError && !plans.data ? (
        <ErrorState
          title="The plans could not be loaded"
          error={plans.error}
          onRetry={() => void plans.refetch()}
        />
      ) : (
        <div className="grid gap-4 xs:grid-cols-2 md:grid-cols-4">
          {plans.isPending
            ? [0, 1, 2, 3].map((place) => (
                <Skeleton key={place} className="h-[26rem] rounded-card!" />
              ))
            : plans.data.map((plan, place) => (
                <PlanCard
                  key={plan.id}
                  plan={plan}
                  below={plans.data[place - 1]}
                  present={plan.id === me?.plan.id}
                />
              ))}
        </div>
      )}
      <p className="mt-8 text-center text-sm text-muted">
        {me ? (
          <TextLink to={me.user?.role === "owner" ? "/settings/plan" : "/"}>
            {me.user?.role === "owner" ? "Change your plan" : "Back to RetainWise"}
          </TextLink>
        ) : (
          <>
            Already have an account? <TextLink to="/sign-in">Sign in</TextLink>
          </>
        )}
      </p>
    </div>
  );
}
