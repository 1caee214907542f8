import { Navigate } from "react-router";
import { api } from "@/api/client";
import { useAuth } from "@/auth/auth";
import { Notice } from "@/components/notice";
import { TextLink } from "@/components/text-link";
import { AccountCard } from "./account-card";
import { type AccountField, AccountForm } from "./account-form";
import { NEW_PASSWORD } from "./new-password";

const FIELDS: AccountField[] = [
  { name: "company", label: "Company", kind: "text", autoComplete: "organization" },
  { name: "name", label: "Your name", kind: "text", autoComplete: "name" },
  { name: "email", label: "Work email", kind: "email", autoComplete: "username" },
  NEW_PASSWORD,
];

export default function SignUpPage() {
  const auth = useAuth();
  if (auth.status === "signed-in") return <Navigate to="/" replace />;
  return (
    <AccountCard
      title="Start your free trial"
      caption="14 days of Professional. No card, nothing to cancel."
      foot={
        <>
          Already have an account? <TextLink to="/sign-in">Sign in</TextLink>
        </>
      }
    >
      {auth.status !== "loading" && !auth.signUpOpen ? (
        <Notice level="info">
          New accounts are by invitation here. Ask whoever runs this RetainWise for a link.
        </Notice>
      ) : (
        <AccountForm
          fields={FIELDS}
          action="Create the account"
          onSubmit={async ({ company = "", name = "", email = "", password = "" }) => {
            await api.POST("/api/auth/sign-up", { body: { company, name, email, password } });
            await auth.refresh();
          }}
        />
      )}
    </AccountCard>
  );
}
