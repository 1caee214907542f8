/** The first stop of the tab key: past the navigation. */
export function SkipLink() {
  return (
    <a
      href="#main"
      className="fixed top-2 left-2 z-50 inline-flex min-h-11 -translate-y-20 items-center rounded-md bg-brand-fill px-4 text-sm font-medium text-white focus:translate-y-0"
    >
      Skip to the content
    </a>
  );
}
