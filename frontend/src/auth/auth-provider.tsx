import { lazy, type ReactNode, Suspense, useCallback, useEffect, useState } from "react";
import { type SignInMethod, signInMethod } from "./auth-api";
import { BuiltinAuth } from "./builtin";

/** Clerk's code loads only where the gateway says that Clerk signs people in. */
const ClerkAuth = lazy(() => import("./clerk"));

/** Asks the gateway how people sign in here, and lets that way decide who it is. Until the answer it counts on our
 *  own way, so that pages stay as they are when it comes. */
export function AuthProvider({ children }: { children: ReactNode }) {
  const [method, setMethod] = useState<SignInMethod | "loading" | "unreachable">("loading");

  const ask = useCallback(
    () =>
      signInMethod().then(setMethod, () => {
        setMethod("unreachable");
      }),
    [],
  );
  useEffect(() => {
    void ask();
  }, [ask]);

  const builtin = (
    <BuiltinAuth method={method} askMethod={ask}>
      {children}
    </BuiltinAuth>
  );
  const clerkKey = typeof method === "string" ? null : method.clerk_publishable_key;
  if (!clerkKey) return builtin;
  return (
    <Suspense fallback={null}>
      <ClerkAuth publishableKey={clerkKey}>{children}</ClerkAuth>
    </Suspense>
  );
}
