/** Exports: a job of the gateway's that writes what the filters leave into a file. */

import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { api, dataOf } from "@/api/client";
import { keepFile } from "@/api/keep-file";
import { Problem } from "@/api/problem";
import type { components } from "@/api/schema";
import { bearerToken } from "@/api/session";
import { filterQuery, type View } from "./filters";
import type { Scope } from "./scope";

export type Export = components["schemas"]["Export"];
export type Format = Export["format"];

const POLL_MS = 700;

/** Writes the file, waits for it and hands it to the browser. */
export function useExport(scope: Scope, view: View) {
  const start = useMutation({ mutationFn: (format: Format) => begin(scope, view, format) });
  const id = start.data?.id;
  const status = useQuery({
    queryKey: ["export", id],
    enabled: id !== undefined,
    queryFn: ({ signal }): Promise<Export> =>
      dataOf(
        api.GET("/api/exports/{export_id}", { params: { path: { export_id: id ?? "" } }, signal }),
      ),
    refetchInterval: ({ state }) => (state.data && underWay(state.data) ? POLL_MS : false),
  });
  const file = status.data ?? start.data;

  const { mutate: download, error: notBrought } = useMutation({ mutationFn: bring });

  // A file that was asked for here comes by itself, once, when it is there.
  const awaited = useRef<string | null>(null);
  const ready = file?.status === "COMPLETED" ? file : null;
  useEffect(() => {
    if (!ready || awaited.current !== ready.id) return;
    awaited.current = null;
    download(ready);
  }, [ready, download]);

  const order = (format: Format) => {
    start.mutate(format, {
      onSuccess: (made) => {
        awaited.current = made.id;
      },
    });
  };
  return {
    file,
    busy: start.isPending || (file !== undefined && underWay(file)),
    error: start.error ?? status.error ?? (file && failure(file)) ?? notBrought,
    order,
    /** What was ordered last, once more. */
    orderAgain: () => start.variables && order(start.variables),
    download,
  };
}

/** Hands the file to the browser; the session's cookie goes with a link, a bearer token does not. */
async function bring({ id, filename }: Export): Promise<void> {
  const href = `/api/exports/${id}/file`;
  if ((await bearerToken()) !== null) return keepFile(href, filename);
  const link = document.createElement("a");
  link.href = href;
  link.download = filename;
  link.click();
}

function begin(scope: Scope, view: View, format: Format): Promise<Export> {
  const query = { ...filterQuery(view, scope), sort: view.sort, format };
  return scope.kind === "latest"
    ? dataOf(api.POST("/api/exports", { params: { query } }))
    : dataOf(
        api.POST("/api/predictions/{prediction_id}/exports", {
          params: { path: { prediction_id: scope.id }, query },
        }),
      );
}

function underWay({ status }: Export): boolean {
  return status === "QUEUED" || status === "PROCESSING";
}

function failure({ status, error, message }: Export): Problem | null {
  if (status !== "FAILED") return null;
  const said = error?.message ?? message;
  return new Problem({ status: 500, code: "Failed", message: said, requestId: null });
}
