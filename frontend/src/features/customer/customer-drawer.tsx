import { Drawer } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { ErrorState } from "@/components/error-state";
import { pageUnderDrawer, type Under } from "@/lib/paths";
import { CustomerBody } from "./components/customer-body";
import { HeadlineSkeleton } from "./components/headline";
import { type Subject, useCustomer } from "./queries";

/** One customer, in a drawer over the page that it was opened from. */
export default function CustomerDrawer(subject: Subject) {
  const query = useCustomer(subject);
  const close = useClose();
  useFocusBack();
  const customer = query.data;
  const name = customer?.customer_name ?? subject.customer;
  useDocumentTitle(`${name} · RetainWise`);
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="min(100vw, 46rem)"
      padding="md"
      title={<span className="text-base font-semibold break-words">{name}</span>}
      closeButtonProps={{ "aria-label": "Close", size: 44, iconSize: 20 }}
      transitionProps={{ duration: 150 }}
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

/** Back to the page under the drawer: by a step back where it was opened from there, so that "back" does not open it
 *  again. */
function useClose() {
  const location = useLocation();
  const navigate = useNavigate();
  const opened = (location.state as Partial<Under> | null)?.under !== undefined;
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
