import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { $api, api, dataOf } from "@/api/client";
import { predictionQuery } from "@/api/predictions";
import type { components } from "@/api/schema";
import { sendFile } from "@/api/send-file";
import { headOf } from "@/lib/file-checks";
import type { Rulings } from "./decisions";

type Industry = components["schemas"]["Industry"];

const HEAD_BYTES = 1_000_000;
/** As many bytes as the gateway takes for a look beforehand. */
const PREVIEW_BYTES_MAX = 16_000_000;

/** What the columns of a prediction's file are taken for. Nothing of it is kept beyond the page that asks: an answer can
 *  lead to further questions, about columns that were worked out anew. */
export function useMapping(id: string) {
  return $api.useQuery(
    "get",
    "/api/predictions/{prediction_id}/mapping",
    { params: { path: { prediction_id: id } } },
    { gcTime: 0 },
  );
}

/** What the columns of a file would be taken for, before it is sent; null where its beginning alone tells nothing, and
 *  all of it is too much. */
export function usePreview(file: File, fields: Record<string, string>) {
  return useQuery({
    queryKey: ["mapping-preview", file.name, file.size, file.lastModified, fields],
    queryFn: async ({ signal }) => {
      const head = await headOf(file, HEAD_BYTES, PREVIEW_BYTES_MAX);
      if (!head) return null;
      const { mapping } = await sendFile<components["schemas"]["MappingPreview"]>({
        path: "/api/mapping/preview",
        file: head,
        fields,
        signal,
      });
      return mapping;
    },
    staleTime: Infinity,
    gcTime: 0,
  });
}

/** What each expected column of an industry means. */
export function useFields(industry: string | undefined) {
  return useQuery({
    queryKey: ["dictionary", industry],
    queryFn: () =>
      dataOf(
        api.GET("/api/templates/{industry}", {
          params: { path: { industry: industry as Industry }, query: { format: "dictionary" } },
        }),
      ),
    // The same address can answer with a text; asked for the dictionary, it does not.
    select: (answer) => (typeof answer === "string" ? [] : answer.columns),
    enabled: industry !== undefined,
    staleTime: Infinity,
  });
}

/** Answers a prediction's questions; it then goes on, up to its results or to further questions. */
export function useAnswer(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (decisions: Rulings) =>
      dataOf(
        api.PUT("/api/predictions/{prediction_id}/mapping", {
          params: { path: { prediction_id: id } },
          body: { decisions },
        }),
      ),
    onSuccess: (prediction) => {
      queries.setQueryData(predictionQuery(id).queryKey, prediction);
    },
  });
}
