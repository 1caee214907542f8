import type { components } from "@/api/schema";
import { api, dataOf } from "@/api/client";
import type { Credentials, Me } from "./auth";

/** How people sign in here. */
export type SignInMethod = components["schemas"]["Doors"];

export function signInMethod(): Promise<SignInMethod> {
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
