import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { setNonce } from "get-nonce";
import type { ReactNode } from "react";
import { BrowserRouter } from "react-router";
import { createQueryClient } from "@/api/query-client";
import { AuthProvider } from "@/auth/auth-provider";
import { nonce } from "@/lib/nonce";
import { cssVariables, theme } from "./theme";

/** The script in index.html reads the same key before the first paint. */
const colorScheme = localStorageColorSchemeManager({ key: "retainwise-color-scheme" });

const queries = createQueryClient();

// Drawers lock the page's scroll with a <style> of their own, which the policy lets in by its nonce only.
const given = nonce();
if (given) setNonce(given);

export function Providers({ children }: { children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorScheme}
      defaultColorScheme="auto"
      getStyleNonce={nonce}
      deduplicateCssVariables
    >
      <QueryClientProvider client={queries}>
        <BrowserRouter>
          <AuthProvider>{children}</AuthProvider>
        </BrowserRouter>
      </QueryClientProvider>
    </MantineProvider>
  );
}
