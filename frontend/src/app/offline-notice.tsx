import { useNetwork } from "@mantine/hooks";
import { WifiOff } from "lucide-react";

/** Says that the browser has no connection, on whatever page: what stands there may be old. */
export function OfflineNotice() {
  const { online } = useNetwork();
  return (
    <div role="status" data-print="hide">
      {!online && (
        <p className="flex items-center justify-center gap-2 bg-medium-tint px-4 py-2 text-sm text-medium">
          <WifiOff aria-hidden size={16} className="shrink-0" />
          You are offline. What you see may be out of date.
        </p>
      )}
    </div>
  );
}
