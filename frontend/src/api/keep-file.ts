import { problemOf } from "./problem";
import { bearerToken } from "./session";

/** Brings a file of the gateway's with a bearer token, which no plain link can send, and has the browser keep it.
 *  Throws a Problem. */
export async function keepFile(href: string, filename: string): Promise<void> {
  const token = await bearerToken();
  const answer = await fetch(href, { headers: token ? { Authorization: `Bearer ${token}` } : {} });
  if (!answer.ok) throw await problemOf(answer);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = filename;
  link.click();
  URL.revokeObjectURL(link.href);
}
