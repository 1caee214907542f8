import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";

/** Stands in for the gateway; each test adds the answers that it needs. */
export const server = setupServer();

const ORIGIN = window.location.origin;

/** `answer("get", "/api/me", ME)`; a number alone is a status without a body. */
export function answer(
  method: "get" | "post" | "put" | "patch" | "delete",
  path: string,
  body: unknown,
  status = 200,
): void {
  server.use(
    http[method](ORIGIN + path, () =>
      body === null
        ? new HttpResponse(null, { status })
        : HttpResponse.json(body as object, { status }),
    ),
  );
}

/** A problem as the gateway tells one. */
export function refuse(
  method: "get" | "post" | "put" | "patch" | "delete",
  path: string,
  status: number,
  detail: string,
  more: Record<string, unknown> = {},
): void {
  answer(
    method,
    path,
    {
      type: "/problems/x",
      title: "X",
      status,
      detail,
      request_id: "req-1",
      code: "X",
      errors: [],
      ...more,
    },
    status,
  );
}
