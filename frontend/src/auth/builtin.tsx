import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { dropAhead } from "@/api/ahead";
import { onUnauthenticated } from "@/api/session";
import { type Auth, AuthContext, type AuthStatus } from "./auth";
import { type Doors, signIn, signOut } from "./auth-api";

interface Props {
  doors: Doors | "loading" | "unreachable";
  /** Asks the gateway for the doors again. */
  ask(): Promise<void>;
  children: ReactNode;
}

/** Signing in by our own issuer: the session is a cookie that no script can read, so the gateway tells who it is. */
export function BuiltinAuth({ doors, ask, children }: Props) {
  const queries = useQueryClient();
  const [ended, setEnded] = useState<"signed-out" | "expired" | null>(null);

  useEffect(
    () =>
      onUnauthenticated(() => {
        setEnded((now) => now ?? "expired");
      }),
    [],
  );

  const auth = useMemo<Auth>(() => {
    const refresh = async () => {
      await ask();
      setEnded(null);
    };
    return {
      kind: typeof doors === "string" || doors.provider === "builtin" ? "builtin" : "elsewhere",
      user: typeof doors === "string" || ended ? null : doors.me,
      status: statusOf(doors, ended),
      signUpOpen: typeof doors !== "string" && doors.sign_up,
      getToken: () => Promise.resolve(null),
      async signIn(credentials) {
        if (!credentials) throw new Error("the built-in sign-in wants an email and a password");
        await signIn(credentials);
        // What another person saw on this screen is not for the one who comes.
        queries.clear();
        dropAhead();
        await refresh();
      },
      async signOut() {
        await signOut();
        setEnded("signed-out");
        queries.clear();
      },
      refresh,
    };
  }, [doors, ended, ask, queries]);
  return <AuthContext value={auth}>{children}</AuthContext>;
}

function statusOf(doors: Props["doors"], ended: "signed-out" | "expired" | null): AuthStatus {
  if (typeof doors === "string") return doors;
  if (!doors.me) return "signed-out";
  return ended ?? "signed-in";
}
