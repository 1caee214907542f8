/** A key that nobody has used before, for requests that may be sent twice. crypto.randomUUID is there in secure
 *  contexts only, and a house's own server may not be one. */
export function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
