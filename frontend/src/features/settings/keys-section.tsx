import { Button, NativeSelect, TextInput } from "@mantine/core";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { asProblem } from "@/api/problem";
import { useAuth } from "@/auth/auth";
import { Card } from "@/components/card";
import { ChartCard, ChartCardSkeleton } from "@/components/chart-card";
import { EmptyState } from "@/components/empty-state";
import { ErrorState } from "@/components/error-state";
import { LockedNotice } from "@/components/locked-notice";
import { Notice } from "@/components/notice";
import { ShowOnce } from "@/components/show-once";
import { TextLink } from "@/components/text-link";
import { KeyRow } from "./components/key-row";
import { against } from "./components/against";
import { type Scope, useCreateKey, useIsOwner, useKeys } from "./queries";
import { SCOPES } from "./words";

/** The keys by which programs of the company's ask. */
export default function KeysSection() {
  const owner = useIsOwner();
  const open = useAuth().user?.features.api_keys ?? true;
  const keys = useKeys();
  return (
    <div className="flex flex-col gap-4 lg:gap-5">
      {!open && <LockedNotice feature="api_keys" />}
      {keys.isPending ? (
        <ChartCardSkeleton height="h-40" />
      ) : keys.isError && !keys.data ? (
        <Card>
          <ErrorState
            title="The keys could not be loaded"
            error={keys.error}
            onRetry={() => void keys.refetch()}
          />
        </Card>
      ) : keys.data.keys.length === 0 ? (
        <Card>
          <EmptyState icon={KeyRound} title="No keys yet">
            A key lets a program of yours upload files and read results. How that works is in the{" "}
            <TextLink href="/docs">manual of the API</TextLink>.
          </EmptyState>
        </Card>
      ) : (
        <ChartCard title="API keys">
          <ul className="-my-1 flex flex-col divide-y divide-line">
            {keys.data.keys.map((key) => (
              <KeyRow key={key.id} apiKey={key} />
            ))}
          </ul>
        </ChartCard>
      )}
      {owner
        ? open && <Create />
        : open && <Notice level="info">Only owners create and revoke keys.</Notice>}
    </div>
  );
}

function Create() {
  const [name, setName] = useState("");
  const [scope, setScope] = useState<Scope>("read");
  const create = useCreateKey();
  const problem = create.isError ? asProblem(create.error) : null;
  return (
    <ChartCard title="Create a key">
      {problem && problem.fields.length === 0 && (
        <div className="mb-4">
          <Notice level="error" problem={problem} />
        </div>
      )}
      <form
        className="flex flex-wrap items-start gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate({ name, scope }, { onSuccess: () => setName("") });
        }}
      >
        <TextInput
          label="What it is for"
          placeholder="Nightly upload"
          required
          withAsterisk={false}
          autoComplete="off"
          className="min-w-0 flex-1 basis-48"
          value={name}
          error={against(problem, "name")}
          onChange={(event) => setName(event.target.value)}
        />
        <NativeSelect
          label="What it may do"
          className="w-44 max-xs:w-full"
          data={SCOPES}
          value={scope}
          onChange={(event) => setScope(event.target.value as Scope)}
        />
        <Button type="submit" loading={create.isPending} className="mt-6 max-xs:mt-0 max-xs:w-full">
          Create the key
        </Button>
      </form>
      {create.data && (
        <div className="mt-4">
          <ShowOnce label={`The key “${create.data.key.name}”`} value={create.data.secret}>
            Keep it where your programs keep their secrets: it is shown here now and never again.
          </ShowOnce>
        </div>
      )}
    </ChartCard>
  );
}
