import { Popover } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { LogOut } from "lucide-react";
import { useAuth } from "@/auth/auth";

/** Who is signed in, and the way out. */
export function AccountMenu() {
  const { user: me, signOut } = useAuth();
  const [opened, { toggle, close }] = useDisclosure(false);
  if (!me) return null;
  const name = me.user?.name ?? me.tenant.name;
  return (
    <Popover
      opened={opened}
      onDismiss={close}
      position="bottom-end"
      width={256}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button
          type="button"
          aria-label={`Account of ${name}`}
          aria-expanded={opened}
          onClick={toggle}
          className="inline-flex size-11 cursor-pointer items-center justify-center rounded-full hover:bg-sunken"
        >
          <span
            aria-hidden
            className="inline-flex size-8 items-center justify-center rounded-full bg-brand-tint text-xs font-semibold text-brand"
          >
            {initials(name)}
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown p={0}>
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
      </Popover.Dropdown>
    </Popover>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => word?.[0] ?? "");
  return letters.join("").toUpperCase();
}
