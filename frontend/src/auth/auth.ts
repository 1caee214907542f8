import type { components } from "@/api/schema";
import { createContext, useContext } from "react";

/** Who is signed in. `user` is null for an API key. */
export type Me = components["schemas"]["Me"];

export type Credentials = components["schemas"]["SignIn"];

/** expired: signed out by the gateway rather than by the person. */
export type AuthStatus = "loading" | "signed-in" | "signed-out" | "expired" | "unreachable";

/** What the pages know of signing in, whoever does it. */
export interface Auth {
  /** builtin: our own form. hosted: `signIn()` leads to someone else's. elsewhere: an issuer that this page has no way
   *  to; who comes from there brings a session. */
  kind: "builtin" | "hosted" | "elsewhere";
  status: AuthStatus;
  user: Me | null;
  /** Whether anyone may open an account here. */
  signUpOpen: boolean;
  /** A bearer token for what fetch cannot send, or null where a cookie speaks for the person. */
  getToken(): Promise<string | null>;
  /** Throws a Problem where the pair is wrong. */
  signIn(credentials?: Credentials): Promise<void>;
  signOut(): Promise<void>;
  /** Asks the gateway again who is signed in: after a sign-up, a link, a new name. */
  refresh(): Promise<void>;
}

export const AuthContext = createContext<Auth | null>(null);

export function useAuth(): Auth {
  const auth = useContext(AuthContext);
  if (!auth) throw new Error("useAuth is used outside of AuthProvider");
  return auth;
}
