import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { MemoryRouter, useLocation } from "react-router";
import { type Auth, AuthContext } from "@/auth/auth";

const nobody = () => Promise.resolve();

export const SIGNED_IN: Auth = {
  kind: "builtin",
  status: "signed-in",
  user: {
    id: "t1",
    name: "Acme",
    scope: "write",
    user: { id: "u1", name: "Ada Lovelace", email: "ada@acme.example", role: "owner" },
    tenant: { id: "t1", name: "Acme" },
    plan: {
      id: "enterprise",
      name: "Enterprise",
      trial_ends_at: null,
      trial_days_left: null,
      predictions_month: null,
      seats: null,
    },
    usage: { month: "2026-11", predictions: 0, reserved: 0 },
    features: {
      dashboard: true,
      filters: true,
      excel: true,
      api_keys: true,
      own_models: true,
    },
  },
  signUpOpen: true,
  getToken: () => Promise.resolve(null),
  signIn: nobody,
  signOut: nobody,
  refresh: nobody,
};

interface Options {
  /** The address at the beginning. */
  at?: string;
  auth?: Auth | "real";
  /** Where answers are kept; where absent, each is asked for again by whoever wants it. */
  queries?: QueryClient;
}

/** Asks once, so that a test of a fault need not wait for the next try. */
const impatient = () => new QueryClient({ defaultOptions: { queries: { retry: false } } });

/** Renders within everything that a page stands in, without transitions and without second tries. */
export function renderPage(
  page: ReactNode,
  { at = "/", auth = SIGNED_IN, queries = impatient() }: Options = {},
) {
  return render(
    <MantineProvider env="test">
      <QueryClientProvider client={queries}>
        <MemoryRouter initialEntries={[at]}>
          {auth === "real" ? page : <AuthContext value={auth}>{page}</AuthContext>}
          <Address />
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

/** Where the router stands, for tests to read. */
function Address() {
  const { pathname, search } = useLocation();
  return <output data-testid="address">{pathname + search}</output>;
}
