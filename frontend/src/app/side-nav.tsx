import { NavLink } from "react-router";
import { PLACES } from "./navigation";
import { TrialNote } from "./trial-note";

/** The places to go, with the one marked where one is; and how long a trial lasts. */
export function SideNav({ onNavigate }: { onNavigate?: () => void }) {
  return (
    <>
      <nav aria-label="Main">
        <ul className="flex flex-col gap-1">
          {PLACES.map(({ to, label, icon: Icon }) => (
            <li key={to}>
              <NavLink
                to={to}
                onClick={onNavigate}
                className={({ isActive }) =>
                  `flex min-h-11 items-center gap-3 rounded-lg px-3 text-sm font-medium ${
                    isActive ? "bg-brand-tint text-brand" : "text-ink hover:bg-sunken"
                  }`
                }
              >
                <Icon aria-hidden size={18} />
                {label}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      <div className="mt-4 empty:hidden">
        <TrialNote onNavigate={onNavigate} />
      </div>
    </>
  );
}
