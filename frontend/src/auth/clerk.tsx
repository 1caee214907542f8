import { ClerkProvider, useAuth as useClerkAuth, useClerk } from "@clerk/react";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { asProblem } from "@/api/problem";
import { onUnauthenticated, setTokenSource } from "@/api/session";
import { nonce } from "@/lib/nonce";
import { type Auth, AuthContext, type AuthStatus, type Me } from "./auth";
import { me } from "./auth-api";

interface Props {
  publishableKey: string;
  children: ReactNode;
}

/** Signing in by Clerk: requests carry its token, and the gateway says which company it belongs to. */
export default function ClerkAuth({ publishableKey, children }: Props) {
  return (
    <ClerkProvider publishableKey={publishableKey} nonce={nonce()}>
      <Bridge>{children}</Bridge>
    </ClerkProvider>
  );
}

function Bridge({ children }: { children: ReactNode }) {
  const { isLoaded, isSignedIn, getToken } = useClerkAuth();
  const clerk = useClerk();
  const queries = useQueryClient();
  const [user, setUser] = useState<Me | null>(null);
  const [failed, setFailed] = useState<"expired" | "unreachable" | null>(null);

  const refresh = useCallback(() => {
    setTokenSource(() => getToken());
    return me().then(
      (found) => {
        setUser(found);
        setFailed(null);
      },
      (error: unknown) => {
        setFailed(asProblem(error).status === 401 ? "expired" : "unreachable");
      },
    );
  }, [getToken]);

  useEffect(() => {
    if (isSignedIn) void refresh();
    return () => {
      setTokenSource(null);
    };
  }, [isSignedIn, refresh]);

  useEffect(
    () =>
      onUnauthenticated(() => {
        setFailed("expired");
      }),
    [],
  );

  const auth = useMemo<Auth>(
    () => ({
      kind: "hosted",
      status: statusOf(isLoaded, isSignedIn, user, failed),
      user: isSignedIn ? user : null,
      signUpOpen: true,
      getToken: () => getToken(),
      async signIn() {
        await clerk.redirectToSignIn({ signInForceRedirectUrl: window.location.href });
      },
      async signOut() {
        queries.clear();
        setUser(null);
        await clerk.signOut();
      },
      refresh,
    }),
    [isLoaded, isSignedIn, user, failed, getToken, clerk, queries, refresh],
  );
  return <AuthContext value={auth}>{children}</AuthContext>;
}

function statusOf(
  loaded: boolean,
  signedIn: boolean | undefined,
  user: Me | null,
  failed: "expired" | "unreachable" | null,
): AuthStatus {
  if (!loaded) return "loading";
  if (!signedIn) return "signed-out";
  if (failed) return failed;
  return user ? "signed-in" : "loading";
}
