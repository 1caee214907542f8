import { useMutation, useQueryClient } from "@tanstack/react-query";
import { $api, api, dataOf } from "@/api/client";
import type { components } from "@/api/schema";
import { useAuth } from "@/auth/auth";

type Schemas = components["schemas"];
export type Member = Schemas["Member"];
export type Role = Schemas["Role"];
export type Key = Schemas["Key"];
export type Scope = Schemas["Scope"];
export type Profile = Schemas["Profile"];
export type Rulings = Schemas["NewDecisions"]["decisions"];
export type RiskLevels = Schemas["RiskLevels"];

type Listed = "/api/members" | "/api/keys" | "/api/mapping/profiles" | "/api/risk-levels";

/** Whether the person may change what belongs to the whole company. */
export function useIsOwner(): boolean {
  return useAuth().user?.user?.role === "owner";
}

/** A change after which `path` is read again. */
function useChange<Said, Answer>(path: Listed, change: (said: Said) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    // Also after a refusal: then somebody else has changed it.
    onSettled: () => queries.invalidateQueries({ queryKey: ["get", path] }),
  });
}

/** A change after which it is asked again who is signed in: names and plan stand there. */
function useIdentityChange<Said>(change: (said: Said) => Promise<unknown>) {
  const { refresh } = useAuth();
  return useMutation({
    mutationFn: async (said: Said) => {
      await change(said);
      await refresh();
    },
  });
}

export function useRenameMe() {
  return useIdentityChange((name: string) => api.PATCH("/api/me", { body: { name } }));
}

export function useRenameCompany() {
  return useIdentityChange((name: string) => api.PATCH("/api/tenant", { body: { name } }));
}

export function usePassword() {
  return useMutation({
    mutationFn: (body: Schemas["PasswordChange"]) => api.POST("/api/auth/password", { body }),
  });
}

export function useMembers() {
  return $api.useQuery("get", "/api/members");
}

export function useInvite() {
  return useChange("/api/members", (body: Schemas["Invitation"]) =>
    dataOf(api.POST("/api/members", { body })),
  );
}

export function useNewLink() {
  return useChange("/api/members", (member_id: string) =>
    dataOf(api.POST("/api/members/{member_id}/link", { params: { path: { member_id } } })),
  );
}

export function useRole() {
  return useChange("/api/members", ({ id, role }: { id: string; role: Role }) =>
    api.PATCH("/api/members/{member_id}", { params: { path: { member_id: id } }, body: { role } }),
  );
}

export function useRemoveMember() {
  return useChange("/api/members", (member_id: string) =>
    api.DELETE("/api/members/{member_id}", { params: { path: { member_id } } }),
  );
}

export function useKeys() {
  return $api.useQuery("get", "/api/keys");
}

export function useCreateKey() {
  return useChange("/api/keys", (body: Schemas["KeyWish"]) =>
    dataOf(api.POST("/api/keys", { body })),
  );
}

export function useRevokeKey() {
  return useChange("/api/keys", (key_id: string) =>
    api.DELETE("/api/keys/{key_id}", { params: { path: { key_id } } }),
  );
}

export function useProfiles() {
  return $api.useQuery("get", "/api/mapping/profiles");
}

export function useChangeProfile() {
  return useChange("/api/mapping/profiles", ({ id, rulings }: { id: string; rulings: Rulings }) =>
    api.PUT("/api/mapping/profiles/{profile_id}", {
      params: { path: { profile_id: id } },
      body: { decisions: rulings },
    }),
  );
}

export function useForgetProfile() {
  return useChange("/api/mapping/profiles", (profile_id: string) =>
    api.DELETE("/api/mapping/profiles/{profile_id}", { params: { path: { profile_id } } }),
  );
}

export function useRiskLevels() {
  return $api.useQuery("get", "/api/risk-levels");
}

export function useMoveRiskLevels() {
  return useChange("/api/risk-levels", (body: RiskLevels) => api.PUT("/api/risk-levels", { body }));
}

export function usePlans() {
  return $api.useQuery("get", "/api/plans", undefined, { staleTime: Infinity });
}

export function useChoosePlan() {
  const queries = useQueryClient();
  return useIdentityChange(async (plan: Schemas["PlanId"]) => {
    await api.PUT("/api/plan", { body: { plan } });
    // What was locked may be open now, and predictions that waited have gone on.
    void queries.invalidateQueries();
  });
}
