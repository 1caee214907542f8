import { Drawer } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { ErrorState } from "@/components/error-state";
import { DRAWER_WIDTH, pageUnderDrawer, type Under } from "@/lib/paths";
import { CustomerBody } from "./components/customer-body";
import { HeadlineSkeleton } from "./components/drawer-skeleton";
import { type Subject, useCustomer } from "./queries";

interface Props extends Subject {
  /** Called once the customer is there, or why not: the page under the drawer may wait until then. */
  onShown?: () => void;
}

/** One customer, in a drawer over the page that it was opened from. */
export default function CustomerDrawer({ onShown, ...subject }: Props) {
  const query = useCustomer(subject);
  const close = useClose();
  const opened = useOpenedFromPage();
  useFocusBack();
  const customer = query.data;
  const shown = !query.isPending;
  useEffect(() => {
    if (shown) onShown?.();
  }, [shown, onShown]);
  const name = customer?.customer_name ?? subject.customer;
  useDocumentTitle(`${name} · RetainWise`);
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size={`min(100vw, ${DRAWER_WIDTH})`}
      padding="md"
      title={<span className="text-base font-semibold break-words">{name}</span>}
      closeButtonProps={{ "aria-label": "Close", size: 44, iconSize: 20 }}
      // Whoever came by a link sees the drawer at once, in the place of its skeleton.
      transitionProps={{ duration: opened ? 150 : 0 }}
      classNames={{
        content: "bg-canvas!",
        header: "bg-canvas! px-4! sm:px-5!",
        body: "px-4! pb-8! sm:px-5!",
      }}
    >
      {customer ? (
        <CustomerBody
          key={`${subject.prediction} ${subject.customer}`}
          subject={subject}
          customer={customer}
        />
      ) : query.error ? (
        <ErrorState
          title="This customer could not be loaded"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : (
        <HeadlineSkeleton />
      )}
    </Drawer>
  );
}

/** Whether the drawer lies over the page that led to it, rather than being where a visit begins. */
function useOpenedFromPage(): boolean {
  return (useLocation().state as Partial<Under> | null)?.under !== undefined;
}

/** Back to the page under the drawer: by a step back where it was opened from there, so that "back" does not open it
 *  again. */
function useClose() {
  const location = useLocation();
  const navigate = useNavigate();
  const opened = useOpenedFromPage();
  return () => {
    if (opened) void navigate(-1);
    else void navigate(pageUnderDrawer(location) ?? "/", { replace: true });
  };
}

/** The focus returns to the link that opened the drawer, whichever way it goes: the close button, Esc or back. Where
 *  no link did, it begins with the page. */
function useFocusBack() {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const link = opener instanceof HTMLAnchorElement && opener.isConnected ? opener : null;
      (link ?? document.getElementById("main"))?.focus({ preventScroll: true });
    },
    [opener],
  );
}
