import { Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Menu } from "lucide-react";
import { type ReactNode, Suspense } from "react";
import { Outlet, useLocation } from "react-router";
import { ErrorBoundary } from "@/components/error-boundary";
import { PageSkeleton } from "@/components/page-skeleton";
import { AccountMenu } from "./account-menu";
import { Logo } from "./logo";
import { OfflineNotice } from "./offline-notice";
import { SchemeSwitch } from "./scheme-switch";
import { SideNav } from "./side-nav";
import { SkipLink } from "./skip-link";

/** The frame of every page for those who are signed in: header, navigation, and the page in the middle.
 *  children: instead of the page, while it is not known who is there. */
export function Shell({ children }: { children?: ReactNode }) {
  const [opened, { open, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  return (
    <>
      <SkipLink />
      <header
        data-print="hide"
        className="sticky top-0 z-40 flex h-14 items-center gap-1 border-b border-line bg-surface px-2 sm:px-4"
      >
        <button
          type="button"
          aria-label="Open the menu"
          aria-expanded={opened}
          onClick={open}
          className="inline-flex size-11 cursor-pointer items-center justify-center rounded-md text-ink hover:bg-sunken md:hidden"
        >
          <Menu aria-hidden size={20} />
        </button>
        <Logo />
        <div className="ml-auto flex items-center gap-1">
          <SchemeSwitch />
          <AccountMenu />
        </div>
      </header>
      <OfflineNotice />
      <Drawer
        opened={opened}
        onClose={close}
        size={280}
        padding="md"
        title={<Logo plain />}
        hiddenFrom="md"
        closeButtonProps={{ "aria-label": "Close the menu", size: 44, iconSize: 22 }}
      >
        <SideNav onNavigate={close} />
      </Drawer>
      <div className="flex">
        <aside
          data-print="hide"
          className="sticky top-14 hidden h-[calc(100dvh-3.5rem)] w-56 shrink-0 overflow-y-auto border-r border-line bg-surface p-3 md:block"
        >
          <SideNav />
        </aside>
        <main id="main" tabIndex={-1} className="min-w-0 flex-1 p-4 outline-none sm:p-6">
          <div className="mx-auto max-w-[82.5rem]">
            <ErrorBoundary resetKey={pathname}>
              {children ?? (
                <Suspense fallback={<PageSkeleton />}>
                  <Outlet />
                </Suspense>
              )}
            </ErrorBoundary>
          </div>
        </main>
      </div>
    </>
  );
}
