import { useDisclosure } from "@mantine/hooks";
import { Menu } from "lucide-react";
import { lazy, type ReactNode, Suspense, useRef, useState } from "react";
import { Outlet, useLocation } from "react-router";
import { ErrorBoundary } from "@/components/error-boundary";
import { AccountMenu } from "./account-menu";
import { Frame } from "./frame";
import { Logo } from "./logo";
import { OfflineNotice } from "./offline-notice";
import { SchemeSwitch } from "./scheme-switch";
import { SideNav } from "./side-nav";
import { SkipLink } from "./skip-link";
import { WaitingPage } from "./waiting-page";

/** A phone's alone, and there only for whoever opens it. */
const MenuDrawer = lazy(() => import("./menu-drawer"));

/** The frame of every page for those who are signed in: header, navigation, and the page in the middle.
 *  children: instead of the page, while it is not known who is there. */
export function Shell({ children }: { children?: ReactNode }) {
  const [opened, { open, close }] = useDisclosure(false);
  const [used, setUsed] = useState(false);
  const menu = useRef<HTMLButtonElement>(null);
  const { pathname } = useLocation();
  return (
    <>
      <SkipLink />
      <Frame
        menu={
          <button
            ref={menu}
            type="button"
            aria-label="Open the menu"
            aria-expanded={opened}
            onClick={() => {
              setUsed(true);
              open();
            }}
            className="inline-flex size-11 cursor-pointer items-center justify-center rounded-md text-ink hover:bg-sunken"
          >
            <Menu aria-hidden size={20} />
          </button>
        }
        logo={<Logo />}
        tools={
          <>
            <SchemeSwitch />
            <AccountMenu />
          </>
        }
        notice={<OfflineNotice />}
        navigation={<SideNav />}
      >
        <ErrorBoundary resetKey={pathname}>
          {children ?? (
            <Suspense fallback={<WaitingPage />}>
              <Outlet />
            </Suspense>
          )}
        </ErrorBoundary>
      </Frame>
      {used && (
        <Suspense>
          <MenuDrawer
            opened={opened}
            onNavigate={close}
            onClose={() => {
              close();
              menu.current?.focus();
            }}
          />
        </Suspense>
      )}
    </>
  );
}
