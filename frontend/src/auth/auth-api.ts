import { api, dataOf } from "@/api/client";
import type { components } from "@/api/schema";
import type { Credentials, Me } from "./auth";

/** How people sign in here, and who is there already. */
export type Doors = components["schemas"]["Doors"];

export function doors(): Promise<Doors> {
  return dataOf(api.GET("/api/auth"));
}

export function me(): Promise<Me> {
  return dataOf(api.GET("/api/me"));
}

export function signIn(body: Credentials): Promise<Me> {
  return dataOf(api.POST("/api/auth/sign-in", { body }));
}

export async function signOut(): Promise<void> {
  await api.POST("/api/auth/sign-out");
}
