import { Columns3Cog, CreditCard, Gauge, KeyRound, UserRound, Users } from "lucide-react";
import { Suspense, useEffect, useRef } from "react";
import { NavLink, Outlet, useLocation } from "react-router";
import { PageHeader } from "@/components/page-header";
import { PageSkeleton } from "@/components/page-skeleton";

const SECTIONS = [
  { to: "/settings", label: "Profile", icon: UserRound },
  { to: "/settings/people", label: "People", icon: Users },
  { to: "/settings/keys", label: "API keys", icon: KeyRound },
  { to: "/settings/columns", label: "Columns", icon: Columns3Cog },
  { to: "/settings/risk-levels", label: "Risk levels", icon: Gauge },
  { to: "/settings/plan", label: "Plan and usage", icon: CreditCard },
];

/** The frame of all settings: where one is, and the part that was chosen. */
export default function SettingsPage() {
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    // On a phone the places stand in one row, and the one where one is may lie beyond its end.
    nav.current
      ?.querySelector('[aria-current="page"]')
      ?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [pathname]);
  return (
    <>
      <PageHeader title="Settings" />
      <div className="grid gap-5 md:grid-cols-[11rem_minmax(0,1fr)] lg:gap-8">
        <nav
          ref={nav}
          aria-label="Settings"
          className="min-w-0 max-md:-mx-4 max-md:overflow-x-auto"
        >
          <ul className="flex gap-1 max-md:w-max max-md:px-4 md:flex-col">
            {SECTIONS.map(({ to, label, icon: Icon }) => (
              <li key={to}>
                <NavLink
                  to={to}
                  end
                  className={({ isActive }) =>
                    `flex min-h-11 items-center gap-2.5 rounded-lg px-3 text-sm font-medium whitespace-nowrap ${
                      isActive ? "bg-brand-tint text-brand" : "text-ink hover:bg-sunken"
                    }`
                  }
                >
                  <Icon aria-hidden size={16} className="shrink-0" />
                  {label}
                </NavLink>
              </li>
            ))}
          </ul>
        </nav>
        <div className="max-w-4xl min-w-0">
          <Suspense fallback={<PageSkeleton />}>
            <Outlet />
          </Suspense>
        </div>
      </div>
    </>
  );
}
