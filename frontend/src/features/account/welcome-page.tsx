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

/** Redeems a one-time link: of the first run, or an invitation. The link is the fragment of the address, which
 *  browsers send to no server, and so stands in no log. */
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
      Already have an account? <TextLink to="/sign-in">Sign in</TextLink>
    </>
  );
  if (link === "" || about.isError) {
    return (
      <AccountCard title="This link does not work" foot={foot}>
        <Notice level="error">
          {link === ""
            ? "It is not whole: copy all of it, with what stands after the #."
            : asProblem(about.error).message}
        </Notice>
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
  const { company, email } = about.data;
  return (
    <AccountCard
      title={`Welcome to ${company || "RetainWise"}`}
      caption={email ? `You were invited as ${email}.` : "Say who you are, and you are in."}
      foot={foot}
    >
      <AccountForm
        fields={email ? [NAME, NEW_PASSWORD] : [NAME, EMAIL, NEW_PASSWORD]}
        action="Set up my account"
        onSubmit={async ({ name = "", email: said, password = "" }) => {
          await api.POST("/api/auth/accept", {
            body: { link, name, email: email ?? said, password },
          });
          await auth.refresh();
          setDone(true);
        }}
      />
    </AccountCard>
  );
}
