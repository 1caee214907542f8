import { useLocation } from "react-router";
import { PageSkeleton } from "@/components/page-skeleton";
import { DashboardSkeleton } from "@/features/dashboard/components/dashboard-skeleton";
import { pageUnderDrawer } from "@/lib/paths";

/** The size of the page that the address leads to, while it or whom it is for is on the way. */
export function WaitingPage() {
  const location = useLocation();
  const path = (pageUnderDrawer(location) ?? location.pathname).split("?", 1)[0] ?? "";
  if (/^\/(dashboard)?$/.test(path)) return <DashboardSkeleton latest />;
  if (/^\/predictions\/[^/]+$/.test(path)) return <DashboardSkeleton latest={false} />;
  return <PageSkeleton />;
}
