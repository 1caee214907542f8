import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { asProblem } from "@/api/problem";
import { onUnauthenticated } from "@/api/session";
import { type Auth, AuthContext, type AuthStatus, type Me } from "./auth";
import { me, type SignInMethod, signIn, signOut } from "./auth-api";

interface Props {
  method: SignInMethod | "loading" | "unreachable";
  askMethod(): Promise<void>;
  children: ReactNode;
}

interface State {
  status: AuthStatus;
  user: Me | null;
}

/** Signing in by our own issuer: the session is a cookie that no script can read, so `/api/me` tells who it is. */
export function BuiltinAuth({ method, askMethod, children }: Props) {
  const queries = useQueryClient();
  const [state, setState] = useState<State>({ status: "loading", user: null });

  const refresh = useCallback(
    () =>
      me().then(
        (user) => {
          setState({ status: "signed-in", user });
        },
        (error: unknown) => {
          const status = asProblem(error).status === 401 ? "signed-out" : "unreachable";
          setState({ status, user: null });
        },
      ),
    [],
  );

  useEffect(() => {
    void refresh();
  }, [refresh]);

  useEffect(
    () =>
      onUnauthenticated(() => {
        setState((now) => (now.status === "signed-in" ? { status: "expired", user: null } : now));
      }),
    [],
  );

  const auth = useMemo<Auth>(
    () => ({
      kind: "builtin",
      user: state.user,
      status: typeof method === "string" ? method : state.status,
      signUpOpen: typeof method !== "string" && method.sign_up,
      getToken: () => Promise.resolve(null),
      async signIn(credentials) {
        if (!credentials) throw new Error("the built-in sign-in wants an e-mail and a password");
        const user = await signIn(credentials);
        // What another person saw on this screen is not for the one who comes.
        queries.clear();
        setState({ status: "signed-in", user });
      },
      async signOut() {
        await signOut();
        queries.clear();
        setState({ status: "signed-out", user: null });
      },
      async refresh() {
        await Promise.all([typeof method === "string" ? askMethod() : null, refresh()]);
      },
    }),
    [state, method, askMethod, queries, refresh],
  );
  return <AuthContext value={auth}>{children}</AuthContext>;
}
