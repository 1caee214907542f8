import { Suspense } from "react";
import { Outlet, useLocation } from "react-router";
import { ErrorBoundary } from "@/components/error-boundary";
import { PageSkeleton } from "@/components/page-skeleton";
import { Logo } from "./logo";
import { SchemeSwitch } from "./scheme-switch";
import { SkipLink } from "./skip-link";

/** The frame of the pages before signing in. */
export function Front() {
  const { pathname } = useLocation();
  return (
    <>
      <SkipLink />
      <header className="flex h-14 items-center justify-between px-2 sm:px-4">
        <Logo />
        <SchemeSwitch />
      </header>
      <main id="main" tabIndex={-1} className="px-4 pt-6 pb-16 outline-none sm:pt-14">
        <ErrorBoundary resetKey={pathname}>
          <Suspense fallback={<PageSkeleton />}>
            <Outlet />
          </Suspense>
        </ErrorBoundary>
      </main>
    </>
  );
}
