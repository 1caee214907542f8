import type { ReactNode } from "react";
import { Navigate, useLocation } from "react-router";
import { offline } from "@/api/problem";
import { ErrorState } from "@/components/error-state";
import { useAuth } from "./auth";
import { signInPath } from "./return-path";

interface Props {
  children: ReactNode;
  /** Shown until it is known who is there; the size of what comes. */
  waiting: ReactNode;
}

/** The pages of those who are signed in; others go to sign in, and come back to where they wanted to go. */
export function RequireAuth({ children, waiting }: Props) {
  const { status, refresh } = useAuth();
  const here = useLocation();
  switch (status) {
    case "loading":
      return waiting;
    case "unreachable":
      return <ErrorState error={offline()} onRetry={() => void refresh()} page />;
    case "signed-in":
      return children;
    case "signed-out":
    case "expired":
      return <Navigate to={signInPath(here, status === "expired")} replace />;
  }
}
