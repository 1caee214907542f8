import { LockKeyhole } from "lucide-react";
import { $api } from "@/api/client";
import type { Problem } from "@/api/problem";
import { useAuth } from "@/auth/auth";
import { FEATURES, type Feature, planTitle } from "@/lib/plans";
import { TextLink } from "./text-link";

interface Props {
  /** What the gateway said when it was asked for; it names the plan that opens it. */
  problem?: Problem;
  /** Or what is not asked for, as it is known to be locked. */
  feature?: Feature;
  /** Whether it stands for a whole page, and so carries its first heading. */
  page?: boolean;
}

/** What the present plan does not hold, what unlocks it, and where. Nobody has done anything wrong. */
export function LockedNotice({ problem, feature, page }: Props) {
  const { user: me } = useAuth();
  const plans = $api.useQuery("get", "/api/plans", undefined, { staleTime: Infinity });
  const unlocks =
    problem?.unlocks ??
    plans.data?.find((plan) => feature && plan.features.includes(feature))?.id ??
    null;
  const name =
    unlocks && (plans.data?.find((plan) => plan.id === unlocks)?.name ?? planTitle(unlocks));
  const what = feature && inSentence(FEATURES[feature]);
  const Heading = page ? "h1" : "h2";
  return (
    <section
      aria-label="Locked by the plan"
      className="flex gap-3.5 rounded-card border border-line bg-surface p-4 sm:p-5"
    >
      <span className="flex size-10 shrink-0 items-center justify-center rounded-full bg-brand-tint text-brand">
        <LockKeyhole aria-hidden size={18} />
      </span>
      <div className="min-w-0 flex-1 text-sm">
        <Heading className="font-semibold">
          {name ? `${name} includes ${what ?? "this"}` : "This is not part of your plan"}
        </Heading>
        <p className="mt-1 break-words text-muted">
          {problem?.message ??
            `Your plan is ${me?.plan.name ?? "a smaller one"}. Change it and this is there at once; everything you have stays.`}
        </p>
        <p className="mt-3">
          {me?.user?.role === "owner" ? (
            <TextLink to="/settings/plan">See the plans</TextLink>
          ) : (
            <>
              An owner of your company can change the plan.{" "}
              <TextLink to="/pricing">What the plans hold</TextLink>
            </>
          )}
        </p>
      </div>
    </section>
  );
}

/** "Export to Excel" as "export to Excel"; abbreviations stay as they are. */
function inSentence(title: string): string {
  return /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}
