import {
  BarChart3,
  LayoutDashboard,
  ListChecks,
  type LucideIcon,
  Settings,
  Upload,
} from "lucide-react";

export interface Place {
  to: string;
  label: string;
  icon: LucideIcon;
}

/** The side navigation, top to bottom. A page that is not built yet does not stand here. */
export const PLACES: Place[] = [
  { to: "/dashboard", label: "Dashboard", icon: LayoutDashboard },
  { to: "/upload", label: "Upload", icon: Upload },
  { to: "/predictions", label: "Predictions", icon: ListChecks },
  { to: "/models", label: "Models", icon: BarChart3 },
  { to: "/settings", label: "Settings", icon: Settings },
];

/** Where `/` leads those who are signed in. */
export const HOME = "/dashboard";
