import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, it } from "vitest";
import { AuthProvider } from "@/auth/auth-provider";
import { tellUnauthenticated } from "@/api/session";
import { renderPage, SIGNED_IN } from "@/testing/render";
import { answer, refuse, server } from "@/testing/server";
import { AppRoutes } from "./routes";

const ME = SIGNED_IN.user;

const open = (at: string) =>
  renderPage(
    <AuthProvider>
      <AppRoutes />
    </AuthProvider>,
    { at, auth: "real" },
  );
const address = () => screen.getByTestId("address").textContent;

function doors(me: typeof ME | null) {
  const builtin = { provider: "builtin", clerk_publishable_key: null };
  answer("get", "/api/auth", { ...builtin, sign_up: true, first_run: false, me });
}

beforeEach(() => {
  doors(null);
});

it("leads a stranger to sign in, and back to where they wanted to go", async () => {
  open("/nowhere?x=1");
  expect(await screen.findByRole("heading", { name: "Sign in" })).toBeInTheDocument();
  expect(address()).toBe("/sign-in?next=%2Fnowhere%3Fx%3D1");

  answer("post", "/api/auth/sign-in", ME);
  doors(ME);
  await userEvent.type(screen.getByLabelText("Email"), "ada@acme.example");
  await userEvent.type(screen.getByLabelText("Password"), "correct horse battery");
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
  expect(await screen.findByText("There is no page at this address")).toBeInTheDocument();
  expect(address()).toBe("/nowhere?x=1");
});

it("has no form where people sign in elsewhere", async () => {
  answer("get", "/api/auth", {
    provider: "okta",
    clerk_publishable_key: null,
    sign_up: false,
    first_run: false,
    me: null,
  });
  open("/sign-in");
  expect(await screen.findByText(/People sign in elsewhere here/)).toBeInTheDocument();
  expect(screen.queryByLabelText("Password")).not.toBeInTheDocument();
});

it("says what is wrong with a pair, and keeps the form", async () => {
  open("/sign-in");
  refuse("post", "/api/auth/sign-in", 401, "email and password do not belong together");
  await userEvent.type(await screen.findByLabelText("Email"), "ada@acme.example");
  await userEvent.type(screen.getByLabelText("Password"), "wrong");
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
  expect(await screen.findByRole("alert")).toHaveTextContent(
    "Email and password do not belong together.",
  );
  expect(screen.getByLabelText("Email")).toHaveValue("ada@acme.example");
});

it("leads to sign in when the session ends, and says so", async () => {
  doors(ME);
  open("/nowhere");
  expect(
    await screen.findByRole("button", { name: "Account of Ada Lovelace" }),
  ).toBeInTheDocument();
  act(() => {
    tellUnauthenticated();
  });
  expect(await screen.findByText(/Your session has ended/)).toBeInTheDocument();
  expect(address()).toBe("/sign-in?next=%2Fnowhere&expired=1");
});

it("signs out", async () => {
  doors(ME);
  answer("post", "/api/auth/sign-out", null, 204);
  open("/nowhere");
  await userEvent.click(await screen.findByRole("button", { name: "Account of Ada Lovelace" }));
  await userEvent.click(screen.getByRole("button", { name: "Sign out" }));
  expect(await screen.findByRole("heading", { name: "Sign in" })).toBeInTheDocument();
});

it.each(["//evil.example", "/\\evil.example", "https://evil.example", "/a\\b"])(
  "never leads away to %s after signing in",
  async (next) => {
    doors(ME);
    open(`/sign-in?next=${encodeURIComponent(next)}`);
    await waitFor(() => {
      expect(address()).not.toContain("sign-in");
    });
    expect(address()).not.toContain("evil");
  },
);

it("says that the service cannot be reached, and tries again when asked", async () => {
  refuse("get", "/api/auth", 503, "down");
  open("/nowhere");
  expect(await screen.findByRole("alert")).toHaveTextContent("could not be reached");
  doors(ME);
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("There is no page at this address")).toBeInTheDocument();
});

it("redeems a one-time link, whose secret stays in the fragment", async () => {
  answer("post", "/api/auth/link", {
    company: "Acme",
    email: null,
    role: "owner",
    new_account: true,
  });
  open("/welcome#s3cret");
  expect(await screen.findByRole("heading", { name: "Welcome to Acme" })).toBeInTheDocument();
  await userEvent.type(screen.getByLabelText("Your name"), "Ada");
  await userEvent.type(screen.getByLabelText("Email"), "ada@acme.example");
  await userEvent.type(screen.getByLabelText("Password"), "short");
  refuse("post", "/api/auth/accept", 422, "password is too short", {
    errors: [{ field: "body.password", message: "is too short" }],
  });
  await userEvent.click(screen.getByRole("button", { name: "Set up my account" }));
  expect(await screen.findByText("is too short")).toBeInTheDocument();
  answer("post", "/api/auth/accept", ME, 201);
  doors(ME);
  await userEvent.click(screen.getByRole("button", { name: "Set up my account" }));
  await waitFor(() => {
    expect(address()).not.toContain("welcome");
  });
});

it("asks an invited person for no other address than the one that was invited", async () => {
  answer("post", "/api/auth/link", {
    company: "Acme",
    email: "ada@acme.example",
    role: "member",
    new_account: true,
  });
  open("/welcome#s3cret");
  expect(await screen.findByLabelText("Email")).toHaveValue("ada@acme.example");
  expect(screen.getByLabelText("Email")).toHaveAttribute("readonly");
  expect(screen.getByLabelText("Your name")).toBeInTheDocument();
});

it("asks somebody with an account for a new password alone", async () => {
  answer("post", "/api/auth/link", {
    company: "Acme",
    email: "ada@acme.example",
    role: "owner",
    new_account: false,
  });
  open("/welcome#s3cret");
  await screen.findByRole("heading", { name: "Choose a new password" });
  expect(screen.queryByLabelText("Your name")).toBeNull();
  await userEvent.type(screen.getByLabelText("Password"), "an orchard by the sea");
  let sent: unknown;
  server.use(
    http.post(`${window.location.origin}/api/auth/accept`, async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json(ME, { status: 201 });
    }),
  );
  doors(ME);
  await userEvent.click(screen.getByRole("button", { name: "Set the password and sign in" }));
  await waitFor(() => {
    expect(address()).not.toContain("welcome");
  });
  const password = "an orchard by the sea";
  expect(sent).toEqual({ link: "s3cret", name: "", email: "ada@acme.example", password });
});

it("says of a link that was used that it does not work", async () => {
  refuse("post", "/api/auth/link", 404, "this link was used or has run out; ask for a new one");
  open("/welcome#old");
  expect(
    await screen.findByRole("heading", { name: "This link does not work" }),
  ).toBeInTheDocument();
  expect(screen.getByRole("alert")).toHaveTextContent("ask for a new one");
});
