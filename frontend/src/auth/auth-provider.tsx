import { lazy, type ReactNode, Suspense, useCallback, useEffect, useState } from "react";
import { doors as askDoors, type Doors } from "./auth-api";
import { BuiltinAuth } from "./builtin";

/** Clerk's code loads only where the gateway says that Clerk signs people in. */
const ClerkAuth = lazy(() => import("./clerk"));

/** Asks the gateway who is there and how people sign in here, and lets that way do the rest. Until the answer it
 *  counts on our own way, so that pages stay as they are when it comes. */
export function AuthProvider({ children }: { children: ReactNode }) {
  const [doors, setDoors] = useState<Doors | "loading" | "unreachable">("loading");

  const ask = useCallback(
    () =>
      askDoors().then(setDoors, () => {
        setDoors("unreachable");
      }),
    [],
  );
  useEffect(() => {
    void ask();
  }, [ask]);

  const clerkKey = typeof doors === "string" ? null : doors.clerk_publishable_key;
  if (clerkKey) {
    return (
      <Suspense fallback={null}>
        <ClerkAuth publishableKey={clerkKey}>{children}</ClerkAuth>
      </Suspense>
    );
  }
  return (
    <BuiltinAuth doors={doors} ask={ask}>
      {children}
    </BuiltinAuth>
  );
}
