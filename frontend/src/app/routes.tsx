import { useMediaQuery } from "@mantine/hooks";
import { lazy, type ReactNode, startTransition, Suspense, useCallback, useState } from "react";
import { type Location, Navigate, Route, Routes, useLocation, useMatch } from "react-router";
import { RequireAuth } from "@/auth/require-auth";
import { ErrorBoundary } from "@/components/error-boundary";
import { DrawerSkeleton } from "@/features/customer/components/drawer-skeleton";
import { DRAWER_WIDTH, pageUnderDrawer, type Under } from "@/lib/paths";
import { Front } from "./front";
import { HOME } from "./navigation";
import { NotFoundPage } from "./not-found-page";
import { Shell } from "./shell";
import { WaitingPage } from "./waiting-page";

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

const FROM_THE_FIRST = { getInitialValueInEffect: false };

/** Every page, and over it the drawer that has an address of its own. The page under it is the one that it was opened
 *  from, which stays as it is. */
export function AppRoutes() {
  const location = useLocation();
  const under = pageUnderDrawer(location);
  const [shown, setShown] = useState(false);
  const [drawn, setDrawn] = useState(false);
  const beside = useMediaQuery(`(min-width: ${DRAWER_WIDTH})`, false, FROM_THE_FIRST);
  const onShown = useCallback(() => startTransition(() => setShown(true)), []);
  if (shown && beside && !drawn) setDrawn(true);
  // Whoever comes by a customer's link came for the customer: the page under the drawer has time until that is there,
  // and where the drawer covers all of it, until the drawer is closed.
  const byLink = under !== null && (location.state as Partial<Under> | null)?.under === undefined;
  const instead = beside ? <WaitingPage /> : <></>;
  return (
    <>
      <Pages location={under ?? location} instead={byLink && !drawn ? instead : undefined} />
      <OpenDrawer waiting={byLink && <DrawerSkeleton />} onShown={onShown} />
    </>
  );
}

/** Every page and its address. The gateway knows the first part of each (services/gateway/pages.py). Features do not
 *  know each other: where one stands inside of another, it is put there here.
 *  instead: shown in the place of the page, for now. */
function Pages({ location, instead }: { location: Location | string; instead: ReactNode }) {
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
                <WaitingPage />
              </Shell>
            }
          >
            <Shell>{instead}</Shell>
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

function OpenDrawer({ waiting, onShown }: { waiting: ReactNode; onShown: () => void }) {
  const { pathname } = useLocation();
  const found = useMatch("/predictions/:prediction/customers/:customer")?.params;
  if (!found?.prediction || !found.customer) return null;
  return (
    <RequireAuth waiting={waiting}>
      <ErrorBoundary resetKey={pathname} title="This customer cannot be shown">
        <Suspense fallback={waiting}>
          <CustomerDrawer
            prediction={found.prediction}
            customer={found.customer}
            onShown={onShown}
          />
        </Suspense>
      </ErrorBoundary>
    </RequireAuth>
  );
}
