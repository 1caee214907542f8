import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { type ReactNode, useSyncExternalStore } from "react";
import { beforeEach, expect, it, vi } from "vitest";
import { tellUnauthenticated } from "@/api/session";
import { renderPage } from "@/testing/render";
import { refuse, server } from "@/testing/server";
import { useAuth } from "./auth";
import ClerkAuth from "./clerk";

// Clerk's own code loads the rest of itself from Clerk's hosts, so a fake takes its place.
const clerk = vi.hoisted(() => {
  const listeners = new Set<() => void>();
  const fake = {
    signedIn: false,
    sentTo: null as string | null,
    become(signedIn: boolean) {
      fake.signedIn = signedIn;
      listeners.forEach((listener) => listener());
    },
    listen(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    getToken: () => Promise.resolve("a.clerk.token"),
    instance: {
      redirectToSignIn: ({ signInForceRedirectUrl }: { signInForceRedirectUrl: string }) => {
        fake.sentTo = signInForceRedirectUrl;
        return Promise.resolve();
      },
      signOut: () => {
        fake.become(false);
        return Promise.resolve();
      },
    },
  };
  return fake;
});

vi.mock("@clerk/react", () => ({
  ClerkProvider: ({ children }: { children: ReactNode }) => children,
  useClerk: () => clerk.instance,
  useAuth: () => ({
    isLoaded: true,
    isSignedIn: useSyncExternalStore(clerk.listen, () => clerk.signedIn),
    getToken: clerk.getToken,
  }),
}));

function Probe() {
  const { status, user, signIn, signOut } = useAuth();
  return (
    <>
      <p>
        {status} {user?.tenant.name}
      </p>
      <button onClick={() => void signIn()}>in</button>
      <button onClick={() => void signOut()}>out</button>
    </>
  );
}

const open = () =>
  renderPage(
    <ClerkAuth publishableKey="pk_test_x">
      <Probe />
    </ClerkAuth>,
    { auth: "real" },
  );

beforeEach(() => {
  clerk.become(false);
  clerk.sentTo = null;
});

it("leads to Clerk's own sign-in, and back to this page", async () => {
  open();
  expect(screen.getByText("signed-out")).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "in" }));
  expect(clerk.sentTo).toBe(location.href);
});

it("asks the gateway who it is, with Clerk's token", async () => {
  let sent: string | null = null;
  server.use(
    http.get(`${location.origin}/api/me`, ({ request }) => {
      sent = request.headers.get("Authorization");
      return HttpResponse.json({ user: null, tenant: { id: "t", name: "Acme" } });
    }),
  );
  open();
  act(() => {
    clerk.become(true);
  });
  expect(await screen.findByText("signed-in Acme")).toBeInTheDocument();
  expect(sent).toBe("Bearer a.clerk.token");

  act(() => {
    tellUnauthenticated();
  });
  expect(screen.getByText("expired Acme")).toBeInTheDocument();

  await userEvent.click(screen.getByRole("button", { name: "out" }));
  expect(await screen.findByText("signed-out")).toBeInTheDocument();
});

it("tells a gateway that does not answer from one that does not know the person", async () => {
  refuse("get", "/api/me", 503, "down");
  open();
  act(() => {
    clerk.become(true);
  });
  expect(await screen.findByText("unreachable")).toBeInTheDocument();
});
