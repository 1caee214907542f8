import { Drawer } from "@mantine/core";
import { Logo } from "./logo";
import { SideNav } from "./side-nav";

interface Props {
  opened: boolean;
  /** By its button, Esc or a click beside it. */
  onClose: () => void;
  onNavigate: () => void;
}

/** The navigation where the page has no room for it at its side. */
export default function MenuDrawer({ opened, onClose, onNavigate }: Props) {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      returnFocus={false}
      size={280}
      padding="md"
      title={<Logo plain />}
      hiddenFrom="md"
      closeButtonProps={{ "aria-label": "Close the menu", size: 44, iconSize: 22 }}
    >
      <SideNav onNavigate={onNavigate} />
    </Drawer>
  );
}
