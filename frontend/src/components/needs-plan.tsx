import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Hourglass } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { api, dataOf } from "@/api/client";
import { asProblem } from "@/api/problem";
import { type Prediction, PREDICTION_LISTS, predictionQuery } from "@/api/predictions";
import { useAuth } from "@/auth/auth";
import { Card } from "./card";
import { Notice } from "./notice";
import { PageHeader } from "./page-header";

interface Props {
  prediction: Prediction;
  /** What else can be done with it: deleting it, for one. */
  action?: ReactNode;
}

/** A prediction that waits because the month's predictions do not suffice for its file: what would lift that, and the
 *  button that goes on. */
export function NeedsPlan({ prediction, action }: Props) {
  const { user: me, refresh } = useAuth();
  const queries = useQueryClient();
  const { id, filename, message } = prediction;
  const resume = useMutation({
    mutationFn: () =>
      dataOf(
        api.POST("/api/predictions/{prediction_id}/resume", {
          params: { path: { prediction_id: id } },
        }),
      ),
    onSuccess: (going) => {
      queries.setQueryData(predictionQuery(id).queryKey, going);
      void queries.invalidateQueries({ queryKey: PREDICTION_LISTS });
      void refresh();
    },
  });
  const problem = resume.isError ? asProblem(resume.error) : null;
  const short = problem?.status === 402 ? problem : null;
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        title="This file needs more predictions than are left"
        caption={filename}
        action={action}
      />
      <Card>
        <div className="flex gap-3.5">
          <span className="flex size-10 shrink-0 items-center justify-center rounded-full bg-brand-tint text-brand">
            <Hourglass aria-hidden size={18} />
          </span>
          <div className="min-w-0 text-sm">
            {/* What is left may have changed since the file was held. */}
            <p className="break-words">{short?.message ?? message}</p>
            <p className="mt-2 text-muted">
              Your file is read, checked and kept: nothing has to be uploaded again, and nothing was
              counted.
            </p>
          </div>
        </div>
        {problem && (
          <div className="mt-4">
            {short ? (
              <Notice level="info">
                There are still too few left. The file waits until there are enough.
              </Notice>
            ) : (
              <Notice level="error" problem={problem} />
            )}
          </div>
        )}
        <div className="mt-5 flex flex-wrap justify-end gap-3">
          <Button variant="default" loading={resume.isPending} onClick={() => resume.mutate()}>
            Continue now
          </Button>
          <Button component={Link} to={me?.user?.role === "owner" ? "/settings/plan" : "/pricing"}>
            See the plans
          </Button>
        </div>
      </Card>
    </div>
  );
}
