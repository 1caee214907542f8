import { useEffect } from "react";
import { useLocation, useNavigationType } from "react-router";
import { pageUnderDrawer } from "@/lib/paths";

/** A new page begins at its top, with the focus at its beginning; going back keeps the browser's own place. */
export function ScrollToTop() {
  const location = useLocation();
  const how = useNavigationType();
  // A drawer has an address of its own, and opening it must not move the page under it.
  const page = (pageUnderDrawer(location) ?? location.pathname).split("?", 1)[0];
  useEffect(() => {
    if (how !== "PUSH") return;
    window.scrollTo(0, 0);
    document.getElementById("main")?.focus({ preventScroll: true });
  }, [page, how]);
  return null;
}
