import type { Role, Scope } from "./queries";

export const ROLES: { value: Role; label: string }[] = [
  { value: "member", label: "Member" },
  { value: "owner", label: "Owner" },
];

export const SCOPES: { value: Scope; label: string }[] = [
  { value: "read", label: "Read only" },
  { value: "write", label: "Read and write" },
];

/** Where a one-time link is redeemed. What stands behind # is sent to no server, and so stands in no log. */
export function welcomeAddress(link: string): string {
  return `${window.location.origin}/welcome#${link}`;
}
