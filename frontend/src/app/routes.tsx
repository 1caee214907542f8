import { lazy } from "react";
import { Navigate, Route, Routes } from "react-router";
import { RequireAuth } from "@/auth/require-auth";
import { PageSkeleton } from "@/components/page-skeleton";
import { Front } from "./front";
import { HOME } from "./navigation";
import { NotFoundPage } from "./not-found-page";
import { Shell } from "./shell";

const ReportPage = lazy(() => import("@/features/quality/report-page"));
const SignInPage = lazy(() => import("@/features/account/sign-in-page"));
const SignUpPage = lazy(() => import("@/features/account/sign-up-page"));
const WelcomePage = lazy(() => import("@/features/account/welcome-page"));

/** Every page and its address. The gateway knows the first part of each (services/gateway/pages.py). */
export function AppRoutes() {
  return (
    <Routes>
      <Route element={<Front />}>
        <Route path="/sign-in" element={<SignInPage />} />
        <Route path="/sign-up" element={<SignUpPage />} />
        <Route path="/welcome" element={<WelcomePage />} />
      </Route>
      <Route
        element={
          <RequireAuth
            waiting={
              <Shell>
                <PageSkeleton />
              </Shell>
            }
          >
            <Shell />
          </RequireAuth>
        }
      >
        <Route path="/" element={<Navigate to={HOME} replace />} />
        <Route path="/predictions/:prediction/report" element={<ReportPage />} />
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  );
}
