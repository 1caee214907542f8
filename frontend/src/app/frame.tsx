import type { ReactNode } from "react";

interface Props {
  /** Leads to the navigation where a phone has no room for it. */
  menu: ReactNode;
  logo: ReactNode;
  /** At the right end of the header. */
  tools: ReactNode;
  /** What stands below the header, over the whole width. */
  notice?: ReactNode;
  navigation: ReactNode;
  children: ReactNode;
}

/** The lines that every page for those who are signed in is drawn between: header, navigation at its side, and the page.
 *  Drawn before the application runs as well (first-paint.tsx), so it holds nothing that needs a browser. */
export function Frame({ menu, logo, tools, notice, navigation, children }: Props) {
  return (
    <>
      <header
        data-print="hide"
        className="sticky top-0 z-40 flex h-14 items-center gap-1 border-b border-line bg-surface px-2 sm:px-4"
      >
        <div className="size-11 md:hidden">{menu}</div>
        {logo}
        <div className="ml-auto flex items-center gap-1">{tools}</div>
      </header>
      {notice}
      <div className="flex">
        <aside
          data-print="hide"
          className="sticky top-14 hidden h-[calc(100dvh-3.5rem)] w-56 shrink-0 overflow-y-auto border-r border-line bg-surface p-3 md:block"
        >
          {navigation}
        </aside>
        <main id="main" tabIndex={-1} className="min-w-0 flex-1 p-4 outline-none sm:p-6">
          <div className="mx-auto max-w-[82.5rem]">{children}</div>
        </main>
      </div>
    </>
  );
}
