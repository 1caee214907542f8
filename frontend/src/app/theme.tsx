import {
  type ActionIconFactory,
  type ButtonFactory,
  type CSSVariablesResolver,
  createTheme,
  type DrawerFactory,
  type ExtendComponent,
  type InputFactory,
  type MantineColorsTuple,
  type ModalFactory,
  type NativeSelectFactory,
  type PasswordInputFactory,
  type PopoverFactory,
} from "@mantine/core";
import { ChevronDown } from "lucide-react";

const brand: MantineColorsTuple = [
  "#eef0ff",
  "#e0e3ff",
  "#c5caff",
  "#a5b0ff",
  "#818bf5",
  "#6366f1",
  "#4f46e5",
  "#4338ca",
  "#3730a3",
  "#2e2a85",
];

/** Navy, where Mantine's own dark is grey. 0 is text, 2 dimmed, 4 borders, 6 controls, 7 surfaces. */
const dark: MantineColorsTuple = [
  "#e7ebf3",
  "#c5cddb",
  "#9fabc0",
  "#8391ab",
  "#5d6c87",
  "#26324a",
  "#1a2438",
  "#131c2e",
  "#0b1220",
  "#070c16",
];

/** For what cannot be undone. White on 6 has 6.6 : 1; Mantine's own has 3.3. */
const red: MantineColorsTuple = [
  "#fdecea",
  "#fbd5d1",
  "#f6aaa3",
  "#ef7c71",
  "#e65547",
  "#d0392b",
  "#b42318",
  "#971c13",
  "#7a1710",
  "#5c110c",
];

/** 44 px: the least that a finger hits surely. Mantine's own medium size is 42. */
const TARGET = "2.75rem";

const CLOSE = { "aria-label": "Close", size: 44, iconSize: 22 };

export const theme = createTheme({
  colors: { brand, dark, red },
  primaryColor: "brand",
  primaryShade: { light: 6, dark: 6 },
  fontFamily: '"Inter Variable", system-ui, -apple-system, "Segoe UI", sans-serif',
  headings: { fontWeight: "600" },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  // By name: a widget's own `extend` would bring each of them to every page.
  components: {
    Button: {
      vars: () => ({ root: { "--button-height": TARGET, "--button-fz": "0.875rem" } }),
      styles: { label: { fontWeight: 500 } },
    } satisfies ExtendComponent<ButtonFactory>,
    ActionIcon: {
      defaultProps: { variant: "subtle", color: "gray" },
      vars: () => ({ root: { "--ai-size": TARGET } }),
    } satisfies ExtendComponent<ActionIconFactory>,
    // 46 px, so that what stands inside of the border is 44.
    Input: {
      vars: () => ({
        wrapper: { "--input-height": "2.875rem", "--input-fz": "var(--field-size)" },
      }),
    } satisfies ExtendComponent<InputFactory>,
    NativeSelect: {
      defaultProps: { rightSection: <ChevronDown aria-hidden size={16} /> },
    } satisfies ExtendComponent<NativeSelectFactory>,
    PasswordInput: {
      vars: () => ({ root: { "--psi-button-size": TARGET } }),
    } satisfies ExtendComponent<PasswordInputFactory>,
    Drawer: {
      defaultProps: { closeButtonProps: CLOSE },
      styles: { title: { fontWeight: 600 } },
    } satisfies ExtendComponent<DrawerFactory>,
    Modal: {
      defaultProps: { closeButtonProps: CLOSE, radius: "lg" },
      styles: { title: { fontWeight: 600 } },
    } satisfies ExtendComponent<ModalFactory>,
    Popover: {
      defaultProps: { shadow: "md", radius: "md" },
    } satisfies ExtendComponent<PopoverFactory>,
  },
});

const shared = {
  "--mantine-color-body": "var(--surface)",
  "--mantine-color-text": "var(--ink)",
  "--mantine-color-dimmed": "var(--muted)",
  "--mantine-color-placeholder": "var(--muted)",
  "--mantine-color-error": "var(--high)",
  "--mantine-color-anchor": "var(--brand)",
  "--mantine-color-default": "var(--surface)",
  "--mantine-color-default-hover": "var(--sunken)",
  "--mantine-color-default-color": "var(--ink)",
  "--mantine-color-default-border": "var(--edge)",
  "--mantine-primary-color-light": "var(--brand-tint)",
  "--mantine-primary-color-light-color": "var(--brand)",
  "--mantine-color-brand-light": "var(--brand-tint)",
  "--mantine-color-brand-light-color": "var(--brand)",
  "--mantine-color-brand-text": "var(--brand)",
  "--mantine-color-gray-light-color": "var(--ink)",
};

/** Mantine's widgets in the colours of styles.css, in both schemes. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: shared,
  dark: shared,
});
