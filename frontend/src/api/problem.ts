/** What went wrong with a request, read from the gateway's problem+json or from what the browser says. */

export interface FieldProblem {
  field: string;
  message: string;
}

interface ProblemParts {
  status: number;
  code: string;
  message: string;
  requestId: string | null;
  fields?: FieldProblem[];
  retryAfterSeconds?: number | null;
  unlocks?: string | null;
}

/** status: HTTP's, or 0 where no answer came. message: a sentence for the person. code: the gateway's finer name, or
 *  "Offline", "TimedOut", "Unreadable". unlocks: the plan that has what the request asked for. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  readonly code: string;
  readonly requestId: string | null;
  readonly fields: FieldProblem[];
  readonly retryAfterSeconds: number | null;
  readonly unlocks: string | null;

  constructor(parts: ProblemParts) {
    super(parts.message);
    this.status = parts.status;
    this.code = parts.code;
    this.requestId = parts.requestId;
    this.fields = parts.fields ?? [];
    this.retryAfterSeconds = parts.retryAfterSeconds ?? null;
    this.unlocks = parts.unlocks ?? null;
  }

  /** Whether the same request may work later. */
  get retryable(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** The problem that an answer with a status of 400 or more tells. */
export async function problemOf(response: Response): Promise<Problem> {
  return problemFrom(response.status, await response.text().catch(() => ""), (name) =>
    response.headers.get(name),
  );
}

/** The same from an answer's parts, for XMLHttpRequest. */
export function problemFrom(
  status: number,
  body: string,
  header: (name: string) => string | null,
): Problem {
  const said = parsed(body);
  const retryAfter = Number(header("Retry-After"));
  return new Problem({
    status,
    code: text(said.code) ?? "Unreadable",
    message: sentence(text(said.detail) ?? unreadable(status)),
    requestId: text(said.request_id) ?? header("X-Request-Id"),
    fields: Array.isArray(said.errors) ? (said.errors as FieldProblem[]) : [],
    retryAfterSeconds: retryAfter > 0 ? retryAfter : null,
    unlocks: text(said.unlocks),
  });
}

/** Anything that was thrown, as a problem. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof DOMException && error.name === "TimeoutError") return timedOut();
  // fetch throws a TypeError, with words that differ by browser, where no answer came.
  if (error instanceof TypeError) return offline();
  return new Problem({
    status: 0,
    code: "Unexpected",
    message: "Something on this page went wrong. Loading it again may help.",
    requestId: null,
  });
}

export function offline(): Problem {
  return new Problem({
    status: 0,
    code: "Offline",
    message: "RetainWise could not be reached. Check the connection and try again.",
    requestId: null,
  });
}

function timedOut(): Problem {
  return new Problem({
    status: 0,
    code: "TimedOut",
    message: "RetainWise took too long to answer. Try again in a moment.",
    requestId: null,
  });
}

/** A proxy may answer in our place, with a page of its own. */
function unreadable(status: number): string {
  return status >= 500
    ? "RetainWise does not answer as it should right now. Try again in a moment."
    : `The request was refused (HTTP ${status}).`;
}

function parsed(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** The gateway's sentences begin small, so that others can embed them. */
function sentence(words: string): string {
  const ended = /[.?!]$/.test(words) ? words : `${words}.`;
  return ended.charAt(0).toUpperCase() + ended.slice(1);
}
