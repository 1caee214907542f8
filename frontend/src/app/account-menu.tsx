import { LogOut } from "lucide-react";
import { useAuth } from "@/auth/auth";
import { Popup } from "@/components/popup";

/** Who is signed in, and the way out. */
export function AccountMenu() {
  const { user: me, signOut } = useAuth();
  if (!me) return null;
  const name = me.user?.name ?? me.tenant.name;
  return (
    <Popup
      position="bottom-end"
      width={256}
      padding={0}
      trapFocus
      returnFocus
      button={(opens) => (
        <button
          {...opens}
          aria-label={`Account of ${name}`}
          className="inline-flex size-11 cursor-pointer items-center justify-center rounded-full hover:bg-sunken"
        >
          <span
            aria-hidden
            className="inline-flex size-8 items-center justify-center rounded-full bg-brand-tint text-xs font-semibold text-brand"
          >
            {initials(name)}
          </span>
        </button>
      )}
    >
      <div className="border-b border-line px-4 py-3">
        <p className="truncate text-sm font-medium">{name}</p>
        {me.user && <p className="truncate text-xs text-muted">{me.user.email}</p>}
        <p className="mt-1 truncate text-xs text-muted">{me.tenant.name}</p>
      </div>
      <button
        type="button"
        onClick={() => void signOut()}
        className="flex min-h-11 w-full cursor-pointer items-center gap-3 rounded-b-md px-4 text-sm hover:bg-sunken"
      >
        <LogOut aria-hidden size={16} className="text-muted" />
        Sign out
      </button>
    </Popup>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => word?.[0] ?? "");
  return letters.join("").toUpperCase();
}
