import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterAll, afterEach, beforeAll } from "vitest";
import { SilentObserver } from "./layout";
import { server } from "./server";

// What jsdom lacks and our widgets ask for.
window.IntersectionObserver = SilentObserver as unknown as typeof IntersectionObserver;
window.matchMedia = (query) =>
  ({
    matches: false,
    media: query,
    addEventListener: () => {},
    removeEventListener: () => {},
  }) as unknown as MediaQueryList;
window.scrollTo = () => {};
Element.prototype.scrollIntoView = () => {};

// Lazy pages are imported in the middle of a test; on a busy machine that takes its time.
configure({ asyncUtilTimeout: 5_000 });

beforeAll(() => {
  window.ResizeObserver = SilentObserver;
  server.listen({ onUnhandledRequest: "error" });
});
afterEach(() => {
  cleanup();
  server.resetHandlers();
  window.ResizeObserver = SilentObserver;
  localStorage.clear();
});
afterAll(() => {
  server.close();
});
