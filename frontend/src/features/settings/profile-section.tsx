import { PasswordInput, TextInput } from "@mantine/core";
import "@mantine/core/styles/PasswordInput.layer.css";
import { useState } from "react";
import { asProblem } from "@/api/problem";
import { type Me, useAuth } from "@/auth/auth";
import { ChartCard } from "@/components/chart-card";
import { against } from "./components/against";
import { SettingForm } from "./components/setting-form";
import { useIsOwner, usePassword, useRenameCompany, useRenameMe } from "./queries";

/** Who the person is here, and the company's name. */
export default function ProfileSection() {
  const { user: me, kind } = useAuth();
  if (!me) return null;
  return (
    <div className="flex flex-col gap-4 lg:gap-5">
      {me.user && <You user={me.user} />}
      <CompanyName name={me.tenant.name} />
      {kind === "builtin" && me.user && <Password email={me.user.email} />}
    </div>
  );
}

function You({ user }: { user: NonNullable<Me["user"]> }) {
  const [name, setName] = useState(user.name);
  const rename = useRenameMe();
  const problem = rename.isError ? asProblem(rename.error) : null;
  return (
    <ChartCard title="You">
      <SettingForm
        busy={rename.isPending}
        disabled={name.trim() === "" || name === user.name}
        problem={problem}
        done={rename.isSuccess && name === user.name && "Saved."}
        onSubmit={() => rename.mutate(name)}
      >
        <TextInput
          label="Name"
          description="Your colleagues see it."
          autoComplete="name"
          value={name}
          error={against(problem, "name")}
          onChange={(event) => setName(event.target.value)}
        />
        <p className="text-sm">
          <span className="block text-muted">Email you sign in with</span>
          <span className="break-all">{user.email}</span>
        </p>
        <p className="text-sm">
          <span className="block text-muted">Role</span>
          {user.role === "owner"
            ? "Owner: you can change everything, also people, keys and the plan"
            : "Member: you can do everything but change people, keys and the plan"}
        </p>
      </SettingForm>
    </ChartCard>
  );
}

function CompanyName({ name: present }: { name: string }) {
  const owner = useIsOwner();
  const [name, setName] = useState(present);
  const rename = useRenameCompany();
  const problem = rename.isError ? asProblem(rename.error) : null;
  if (!owner) {
    return (
      <ChartCard title="Company">
        <p className="text-sm break-words">{present}</p>
        <p className="mt-1 text-sm text-muted">An owner can change its name.</p>
      </ChartCard>
    );
  }
  return (
    <ChartCard title="Company">
      <SettingForm
        busy={rename.isPending}
        disabled={name.trim() === "" || name === present}
        problem={problem}
        done={rename.isSuccess && name === present && "Saved."}
        onSubmit={() => rename.mutate(name)}
      >
        <TextInput
          label="Name of the company"
          autoComplete="organization"
          value={name}
          error={against(problem, "name")}
          onChange={(event) => setName(event.target.value)}
        />
      </SettingForm>
    </ChartCard>
  );
}

function Password({ email }: { email: string }) {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const change = usePassword();
  const problem = change.isError ? asProblem(change.error) : null;
  return (
    <ChartCard title="Password">
      <SettingForm
        action="Change the password"
        busy={change.isPending}
        disabled={current === "" || next === ""}
        problem={problem}
        done={change.isSuccess && "Changed. Your other sessions have ended."}
        onSubmit={() =>
          change.mutate(
            { current, new: next },
            {
              onSuccess: () => {
                setCurrent("");
                setNext("");
              },
            },
          )
        }
      >
        {/* Password managers want to know whose password it is. */}
        <input
          type="email"
          name="username"
          autoComplete="username"
          value={email}
          readOnly
          hidden
          aria-hidden
        />
        <PasswordInput
          label="Current password"
          autoComplete="current-password"
          value={current}
          error={against(problem, "current")}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <PasswordInput
          label="New password"
          description="At least 10 characters; a few words in a row are good."
          autoComplete="new-password"
          value={next}
          error={against(problem, "new")}
          onChange={(event) => setNext(event.target.value)}
        />
      </SettingForm>
    </ChartCard>
  );
}
