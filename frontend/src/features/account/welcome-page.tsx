import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Navigate, useLocation } from "react-router";
import { api, dataOf } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useAuth } from "@/auth/auth";
import { Notice } from "@/components/notice";
import { Skeleton } from "@/components/skeleton";
import { TextLink } from "@/components/text-link";
import { AccountCard } from "./account-card";
import { type AccountField, AccountForm } from "./account-form";
import { NEW_PASSWORD } from "./new-password";

const NAME: AccountField = { name: "name", label: "Your name", kind: "text", autoComplete: "name" };
const EMAIL: AccountField = {
  name: "email",
  label: "Email",
  kind: "email",
  autoComplete: "username",
};

/** Redeems a one-time link: of the first run, an invitation, or one that sets another password. The link is the fragment
 *  of the address, which browsers send to no server, and so stands in no log. */
export default function WelcomePage() {
  const { hash } = useLocation();
  const auth = useAuth();
  const [done, setDone] = useState(false);
  const link = decodeURIComponent(hash.slice(1));
  const about = useQuery({
    queryKey: ["link", link],
    queryFn: () => dataOf(api.POST("/api/auth/link", { body: { link } })),
    enabled: link !== "",
  });

  if (done) return <Navigate to="/" replace />;
  const foot = (
    <>
      {about.data?.new_account === false
        ? "Do you remember the old one?"
        : "Already have an account?"}{" "}
      <TextLink to="/sign-in">Sign in</TextLink>
    </>
  );
  if (link === "" || about.isError) {
    return (
      <AccountCard title="This link does not work" foot={foot}>
        <Notice level="error">
          {link === ""
            ? "It is incomplete: copy all of it, including what comes after the #."
            : asProblem(about.error).message}
        </Notice>
        <p className="mt-4 text-sm text-muted">
          If it still does not work, ask whoever sent it for a new one.
        </p>
      </AccountCard>
    );
  }
  if (about.isPending) {
    return (
      <AccountCard title="Welcome">
        <Skeleton className="h-60 w-full" />
      </AccountCard>
    );
  }
  const { company, email, new_account } = about.data;
  const address = email === null ? EMAIL : { ...EMAIL, defaultValue: email, readOnly: true };
  return (
    <AccountCard
      title={new_account ? `Welcome to ${company || "RetainWise"}` : "Choose a new password"}
      caption={
        new_account
          ? "Tell us who you are, and you are in."
          : "It takes the place of the old one, and you are signed out everywhere else."
      }
      foot={foot}
    >
      <AccountForm
        fields={new_account ? [NAME, address, NEW_PASSWORD] : [address, NEW_PASSWORD]}
        action={new_account ? "Set up my account" : "Set the password and sign in"}
        onSubmit={async ({ name = "", email: said, password = "" }) => {
          await api.POST("/api/auth/accept", { body: { link, name, email: said, password } });
          await auth.refresh();
          setDone(true);
        }}
      />
    </AccountCard>
  );
}
