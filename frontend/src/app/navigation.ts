import type { LucideIcon } from "lucide-react";

export interface Place {
  to: string;
  label: string;
  icon: LucideIcon;
}

/** The side navigation, top to bottom. A page that is not built yet does not stand here. */
export const PLACES: Place[] = [];

/** Where `/` leads those who are signed in. */
export const HOME = "/upload";
