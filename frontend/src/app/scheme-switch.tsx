import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { Moon, Sun } from "lucide-react";

/** Light or dark; the system's choice until it is pressed. */
export function SchemeSwitch() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light");
  const other = scheme === "dark" ? "light" : "dark";
  const Icon = other === "dark" ? Moon : Sun;
  return (
    <button
      type="button"
      aria-label={`Use ${other} colours`}
      onClick={() => setColorScheme(other)}
      className="inline-flex size-11 cursor-pointer items-center justify-center rounded-md text-ink hover:bg-sunken"
    >
      <Icon aria-hidden size={18} />
    </button>
  );
}
