import type { AccountField } from "./account-form";

export const NEW_PASSWORD: AccountField = {
  name: "password",
  label: "Password",
  kind: "password",
  autoComplete: "new-password",
  description: "At least 10 characters; a few words in a row are good.",
};
