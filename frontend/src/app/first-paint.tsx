import { Menu } from "lucide-react";
import { renderToStaticMarkup } from "react-dom/server";
import { StaticRouter } from "react-router";
import { type Auth, AuthContext } from "@/auth/auth";
import { PageSkeleton } from "@/components/page-skeleton";
import { DrawerSkeleton } from "@/features/customer/components/drawer-skeleton";
import { DashboardSkeleton } from "@/features/dashboard/components/dashboard-skeleton";
import { Frame } from "./frame";
import { Logo } from "./logo";
import { SideNav } from "./side-nav";

const never = () => Promise.reject(new Error("nobody can act before the application runs"));

const NOBODY_YET: Auth = {
  kind: "builtin",
  status: "loading",
  user: null,
  signUpOpen: false,
  getToken: () => Promise.resolve(null),
  signIn: never,
  signOut: never,
  refresh: never,
};

/** What index.html shows those who are signed in until the application runs: the same frame, with the links that work
 *  without it, and the page's skeletons, of which its script chooses one by the address. */
export function firstPaint(): string {
  return renderToStaticMarkup(
    <StaticRouter location="/not-known-yet">
      <AuthContext value={NOBODY_YET}>
        <Frame
          menu={
            <span className="inline-flex size-11 items-center justify-center">
              <Menu aria-hidden size={20} />
            </span>
          }
          logo={<Logo />}
          tools={<span className="block size-11" />}
          navigation={<SideNav />}
        >
          <div data-first="dashboard">
            <DashboardSkeleton latest />
          </div>
          <div data-first="prediction customer">
            <DashboardSkeleton latest={false} />
          </div>
          <div data-first="page">
            <PageSkeleton />
          </div>
        </Frame>
        <div data-first="customer">
          <DrawerSkeleton />
        </div>
      </AuthContext>
    </StaticRouter>,
  );
}
