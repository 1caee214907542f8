import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, it, vi } from "vitest";
import type { Auth, Me } from "@/auth/auth";
import { renderPage, SIGNED_IN } from "@/testing/render";
import { answer, refuse, server } from "@/testing/server";
import ColumnsSection from "./columns-section";
import KeysSection from "./keys-section";
import PeopleSection from "./people-section";
import PlanSection from "./plan-section";
import ProfileSection from "./profile-section";
import RiskLevelsSection from "./risk-levels-section";

const ORIGIN = window.location.origin;

function signedIn(changes: (me: Me) => Partial<Me>, more: Partial<Auth> = {}): Auth {
  const me = SIGNED_IN.user as Me;
  return { ...SIGNED_IN, user: { ...me, ...changes(me) }, ...more };
}

const MEMBER = signedIn((me) => ({ user: me.user && { ...me.user, role: "member" } }));

/** What the next request of this kind says. */
function heard(method: "put" | "post" | "patch" | "delete", path: string, reply: object = {}) {
  const said = vi.fn();
  server.use(
    http[method](ORIGIN + path, async ({ request }) => {
      said(await request.json().catch(() => null));
      return HttpResponse.json(reply);
    }),
  );
  return said;
}

const person = (id: string, more = {}) => ({
  id,
  email: `${id}@acme.example`,
  name: id,
  role: "member",
  status: "active",
  since: "2026-05-01T00:00:00Z",
  expires_at: null,
  ...more,
});

const KEY = {
  id: "k1",
  name: "Nightly",
  scope: "read",
  shown: "rw_abc",
  created_at: "2026-05-01T00:00:00Z",
  last_used_at: null,
};

const PLANS = [
  ["starter", "Starter", 79, 1000, 1, []],
  ["professional", "Professional", 149, 5000, 3, ["dashboard"]],
  ["business", "Business", 249, 20000, 10, ["dashboard", "api_keys"]],
  ["enterprise", "Enterprise", null, null, null, ["dashboard", "api_keys", "own_models"]],
].map(([id, name, price_usd_month, predictions_month, seats, features]) => ({
  id,
  name,
  price_usd_month,
  predictions_month,
  seats,
  features,
}));

beforeEach(() => {
  answer("get", "/api/plans", PLANS);
});

it("changes a name, and asks anew who is signed in", async () => {
  const refresh = vi.fn(() => Promise.resolve());
  const said = heard("patch", "/api/me");
  renderPage(<ProfileSection />, { auth: { ...SIGNED_IN, refresh } });
  await userEvent.clear(screen.getByLabelText("Name"));
  await userEvent.type(screen.getByLabelText("Name"), "Ada King");
  await userEvent.click(
    within(screen.getByRole("region", { name: "You" })).getByRole("button", { name: "Save" }),
  );
  await expect.poll(() => refresh.mock.calls.length).toBe(1);
  expect(said).toHaveBeenCalledWith({ name: "Ada King" });
});

it("shows what is wrong with a password at its field", async () => {
  refuse("post", "/api/auth/password", 422, "the present password is another one", {
    errors: [{ field: "body.current", message: "is another one" }],
  });
  renderPage(<ProfileSection />);
  await userEvent.type(screen.getByLabelText("Current password"), "wrong");
  await userEvent.type(screen.getByLabelText("New password"), "correct horse battery");
  await userEvent.click(screen.getByRole("button", { name: "Change the password" }));
  expect(await screen.findByText("is another one")).toBeInTheDocument();
});

it("shows an invitation's link once, with its secret behind #", async () => {
  answer("get", "/api/members", { members: [person("ada", { id: "u1", role: "owner" })] });
  const said = heard("post", "/api/members", {
    member: person("bob", { status: "invited" }),
    link: "s3cret",
  });
  renderPage(<PeopleSection />);
  await userEvent.type(await screen.findByLabelText("Email"), "bob@acme.example");
  await userEvent.click(screen.getByRole("button", { name: "Create an invitation" }));
  expect(await screen.findByLabelText("The invitation of bob@acme.example")).toHaveValue(
    `${ORIGIN}/welcome#s3cret`,
  );
  expect(said).toHaveBeenCalledWith({ email: "bob@acme.example", role: "member" });
});

it("says kindly that the seats are taken, and which plan has more", async () => {
  answer("get", "/api/members", { members: [person("ada", { role: "owner" })] });
  refuse("post", "/api/members", 402, "your plan, Starter, has room for 1 person", {
    unlocks: "professional",
  });
  renderPage(<PeopleSection />);
  await userEvent.type(await screen.findByLabelText("Email"), "bob@acme.example");
  await userEvent.click(screen.getByRole("button", { name: "Create an invitation" }));
  const notice = within(await screen.findByRole("region", { name: "Locked by the plan" }));
  expect(notice.getByText("Professional includes this")).toBeInTheDocument();
  expect(notice.getByText(/has room for 1 person/)).toBeInTheDocument();
  expect(notice.getByRole("link", { name: "See the plans" })).toHaveAttribute(
    "href",
    "/settings/plan",
  );
});

it("keeps the role that the last owner has, and says why", async () => {
  answer("get", "/api/members", { members: [person("ada", { role: "owner" })] });
  refuse("patch", "/api/members/ada", 409, "the last owner cannot become a member");
  renderPage(<PeopleSection />);
  await userEvent.selectOptions(await screen.findByLabelText("Role of ada"), "Member");
  expect(await screen.findByRole("alert")).toHaveTextContent("The last owner cannot");
  expect(screen.getByLabelText("Role of ada")).toHaveValue("owner");
});

it("lets members look at people, and tells whom to ask", async () => {
  answer("get", "/api/members", {
    members: [person("Grace", { role: "owner" }), person("u1")],
  });
  renderPage(<PeopleSection />, { auth: MEMBER });
  expect(await screen.findByText(/Ask Grace\./)).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Create an invitation" })).toBeNull();
  expect(screen.queryByRole("button", { name: /Remove/ })).toBeNull();
});

it("shows a key's secret once and can copy it", async () => {
  const user = userEvent.setup();
  answer("get", "/api/keys", { keys: [] });
  heard("post", "/api/keys", { key: KEY, secret: "rw_abc_secret" });
  renderPage(<KeysSection />);
  await user.type(await screen.findByLabelText("What it is for"), "Nightly");
  await user.click(screen.getByRole("button", { name: "Create the key" }));
  expect(await screen.findByLabelText("The key “Nightly”")).toHaveValue("rw_abc_secret");
  await user.click(screen.getByRole("button", { name: "Copy" }));
  expect(await screen.findByRole("button", { name: "Copied" })).toBeInTheDocument();
  expect(await navigator.clipboard.readText()).toBe("rw_abc_secret");
});

it("revokes a key after asking", async () => {
  answer("get", "/api/keys", { keys: [KEY] });
  const said = heard("delete", "/api/keys/k1");
  renderPage(<KeysSection />);
  await userEvent.click(await screen.findByRole("button", { name: "Revoke Nightly" }));
  expect(said).not.toHaveBeenCalled();
  await userEvent.click(await screen.findByRole("button", { name: "Revoke the key" }));
  await expect.poll(() => said.mock.calls.length).toBe(1);
});

it("says which plan opens keys where the present one does not", async () => {
  answer("get", "/api/keys", { keys: [] });
  renderPage(<KeysSection />, {
    auth: signedIn((me) => ({ features: { ...me.features, api_keys: false } })),
  });
  expect(
    await screen.findByText("Business includes API keys for your programs"),
  ).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Create the key" })).toBeNull();
});

it("changes what is remembered of a header row", async () => {
  answer("get", "/api/mapping/profiles", {
    profiles: [
      {
        id: "p1",
        filename: "stripe.csv",
        columns: ["Amount", "Total"],
        signature: "s",
        created_at: "2026-05-01T00:00:00Z",
        updated_at: "2026-05-01T00:00:00Z",
        decisions: [
          { canonical: "mrr", column: "Amount", answer: null, told_on: "2026-05-01" },
          { canonical: "seats_used", column: null, answer: null, told_on: "2026-05-01" },
        ],
      },
    ],
  });
  const said = heard("put", "/api/mapping/profiles/p1");
  renderPage(<ColumnsSection />);
  expect(await screen.findByLabelText("Seats used")).toHaveValue("");
  expect(screen.getByRole("button", { name: "Save" })).toBeDisabled();
  await userEvent.selectOptions(screen.getByLabelText("MRR"), "Total");
  await userEvent.click(screen.getByRole("button", { name: "Forget Seats used" }));
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await expect.poll(() => said.mock.calls[0]?.[0]).toEqual({ decisions: { mrr: "Total" } });
});

it("moves the risk levels, and refuses an order that cannot be", async () => {
  answer("get", "/api/risk-levels", { high_above: 0.7, medium_above: 0.4 });
  const said = heard("put", "/api/risk-levels");
  renderPage(<RiskLevelsSection />);
  const medium = await screen.findByLabelText("Medium above");
  await userEvent.clear(medium);
  await userEvent.type(medium, "80");
  expect(screen.getByText("At most as much as for high")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Save" })).toBeDisabled();
  await userEvent.clear(medium);
  await userEvent.type(medium, "12,5");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await expect
    .poll(() => said.mock.calls[0]?.[0])
    .toEqual({ high_above: 0.7, medium_above: 0.125 });
});

it("shows what is used, the trial's end, and changes the plan after saying that nothing is charged", async () => {
  const auth = signedIn((me) => ({
    plan: {
      ...me.plan,
      id: "professional",
      name: "Professional",
      predictions_month: 5000,
      trial_days_left: 1,
      trial_ends_at: "2026-06-01T00:00:00Z",
    },
    usage: { month: "2026-05", predictions: 4000, reserved: 500 },
  }));
  const said = heard("put", "/api/plan");
  renderPage(<PlanSection />, { auth });
  expect(screen.getByText(/You are trying Professional: 1 day left/)).toBeInTheDocument();
  expect(screen.getByRole("meter", { name: "Predictions used this month" })).toHaveAttribute(
    "aria-valuetext",
    "4,500 of 5,000",
  );
  await userEvent.click(await screen.findByRole("button", { name: "Choose Business" }));
  const dialog = within(await screen.findByRole("dialog"));
  expect(dialog.getByText(/Nothing is charged here/)).toBeInTheDocument();
  await userEvent.click(dialog.getByRole("button", { name: "Choose Business" }));
  await expect.poll(() => said.mock.calls[0]?.[0]).toEqual({ plan: "business" });
  expect(screen.queryByRole("button", { name: "Choose Enterprise" })).toBeNull();
});
