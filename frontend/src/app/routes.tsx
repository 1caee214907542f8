import { lazy, Suspense } from "react";
import { type Location, Navigate, Route, Routes, useLocation, useMatch } from "react-router";
import { RequireAuth } from "@/auth/require-auth";
import { ErrorBoundary } from "@/components/error-boundary";
import { PageSkeleton } from "@/components/page-skeleton";
import { pageUnderDrawer } from "@/lib/paths";
import { Front } from "./front";
import { HOME } from "./navigation";
import { NotFoundPage } from "./not-found-page";
import { Shell } from "./shell";

const AnswerPage = lazy(() => import("@/features/mapping/answer-page"));
const CustomerDrawer = lazy(() => import("@/features/customer/customer-drawer"));
const DashboardPage = lazy(() => import("@/features/dashboard/dashboard-page"));
const ModelPage = lazy(() => import("@/features/models/model-page"));
const ModelsPage = lazy(() => import("@/features/models/models-page"));
const PredictionGate = lazy(() => import("@/features/predictions/prediction-gate"));
const PredictionsPage = lazy(() => import("@/features/predictions/predictions-page"));
const PreviewPage = lazy(() => import("@/features/mapping/preview-page"));
const PricingPage = lazy(() => import("@/features/pricing/pricing-page"));
const ReportPage = lazy(() => import("@/features/quality/report-page"));
const ColumnsSection = lazy(() => import("@/features/settings/columns-section"));
const KeysSection = lazy(() => import("@/features/settings/keys-section"));
const PeopleSection = lazy(() => import("@/features/settings/people-section"));
const PlanSection = lazy(() => import("@/features/settings/plan-section"));
const ProfileSection = lazy(() => import("@/features/settings/profile-section"));
const RiskLevelsSection = lazy(() => import("@/features/settings/risk-levels-section"));
const SettingsPage = lazy(() => import("@/features/settings/settings-page"));
const SignInPage = lazy(() => import("@/features/account/sign-in-page"));
const SignUpPage = lazy(() => import("@/features/account/sign-up-page"));
const TrainPage = lazy(() => import("@/features/models/train-page"));
const TrainingPage = lazy(() => import("@/features/models/training-page"));
const TrainingQuestions = lazy(() => import("./training-questions"));
const UploadPage = lazy(() => import("@/features/upload/upload-page"));
const WelcomePage = lazy(() => import("@/features/account/welcome-page"));

/** Every page, and over it the drawer that has an address of its own. The page under it is the one that it was opened
 *  from, which stays as it is. */
export function AppRoutes() {
  const location = useLocation();
  return (
    <>
      <Pages location={pageUnderDrawer(location) ?? location} />
      <OpenDrawer />
    </>
  );
}

/** Every page and its address. The gateway knows the first part of each (services/gateway/pages.py). Features do not
 *  know each other: where one stands inside of another, it is put there here. */
function Pages({ location }: { location: Location | string }) {
  return (
    <Routes location={location}>
      <Route element={<Front />}>
        <Route path="/sign-in" element={<SignInPage />} />
        <Route path="/sign-up" element={<SignUpPage />} />
        <Route path="/welcome" element={<WelcomePage />} />
        <Route path="/pricing" element={<PricingPage />} />
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
        <Route path="/dashboard" element={<DashboardPage />} />
        <Route
          path="/upload"
          element={<UploadPage review={(request) => <PreviewPage {...request} />} />}
        />
        <Route path="/predictions" element={<PredictionsPage />} />
        <Route
          path="/predictions/:prediction"
          element={<PredictionGate questions={(action) => <AnswerPage action={action} />} />}
        >
          <Route index element={<DashboardPage />} />
          <Route path="report" element={<ReportPage />} />
        </Route>
        <Route path="/models" element={<ModelsPage />} />
        <Route path="/models/train" element={<TrainPage />} />
        <Route
          path="/models/trainings/:training"
          element={
            <TrainingPage questions={(training) => <TrainingQuestions training={training} />} />
          }
        />
        <Route path="/models/:version" element={<ModelPage />} />
        <Route path="/settings" element={<SettingsPage />}>
          <Route index element={<ProfileSection />} />
          <Route path="people" element={<PeopleSection />} />
          <Route path="keys" element={<KeysSection />} />
          <Route path="columns" element={<ColumnsSection />} />
          <Route path="risk-levels" element={<RiskLevelsSection />} />
          <Route path="plan" element={<PlanSection />} />
        </Route>
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  );
}

function OpenDrawer() {
  const { pathname } = useLocation();
  const found = useMatch("/predictions/:prediction/customers/:customer")?.params;
  if (!found?.prediction || !found.customer) return null;
  return (
    <RequireAuth waiting={null}>
      <ErrorBoundary resetKey={pathname} title="This customer cannot be shown">
        <Suspense>
          <CustomerDrawer prediction={found.prediction} customer={found.customer} />
        </Suspense>
      </ErrorBoundary>
    </RequireAuth>
  );
}
