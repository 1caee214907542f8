import { Button } from "@mantine/core";
import { Navigate, useSearchParams } from "react-router";
import { useAuth } from "@/auth/auth";
import { returnPath } from "@/auth/return-path";
import { Notice } from "@/components/notice";
import { AccountCard } from "./account-card";
import { type AccountField, AccountForm } from "./account-form";
import { TextLink } from "@/components/text-link";

const FIELDS: AccountField[] = [
  { name: "email", label: "Email", kind: "email", autoComplete: "username" },
  { name: "password", label: "Password", kind: "password", autoComplete: "current-password" },
];

export default function SignInPage() {
  const auth = useAuth();
  const [search] = useSearchParams();
  if (auth.status === "signed-in") return <Navigate to={returnPath(search)} replace />;
  return (
    <AccountCard
      title="Sign in"
      caption="See who is about to leave, why, and what to do about it."
      foot={
        auth.signUpOpen && (
          <>
            New here? <TextLink to="/sign-up">Start a free trial</TextLink>
          </>
        )
      }
    >
      {(search.has("expired") || auth.status === "expired") && (
        <div className="mb-4">
          <Notice level="info">
            Your session has ended. Sign in again and you are back where you were.
          </Notice>
        </div>
      )}
      {auth.kind === "elsewhere" ? (
        <Notice level="info">
          People sign in elsewhere here. Ask whoever runs this RetainWise for the way in.
        </Notice>
      ) : auth.kind === "hosted" ? (
        <Button fullWidth onClick={() => void auth.signIn()}>
          Continue to sign-in
        </Button>
      ) : (
        <AccountForm
          fields={FIELDS}
          action="Sign in"
          onSubmit={({ email = "", password = "" }) => auth.signIn({ email, password })}
        />
      )}
    </AccountCard>
  );
}
