import { useEffect } from "react";
import { useLocation, useNavigationType } from "react-router";

/** A new page begins at its top, with the focus at its beginning; going back keeps the browser's own place. */
export function ScrollToTop() {
  const { pathname } = useLocation();
  const how = useNavigationType();
  // A drawer has an address of its own below its page's, and opening it must not move the page.
  const page = pathname.replace(/\/customers\/.*$/, "");
  useEffect(() => {
    if (how !== "PUSH") return;
    window.scrollTo(0, 0);
    document.getElementById("main")?.focus({ preventScroll: true });
  }, [page, how]);
  return null;
}
