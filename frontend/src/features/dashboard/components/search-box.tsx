import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { Search } from "lucide-react";
import { useState } from "react";

const DELAY_MS = 200;

interface Props {
  value: string;
  onChange: (value: string) => void;
}

/** Looks for a customer as one types. What is typed leads, and the address follows; only a change that came from
 *  elsewhere, the back button's for one, is taken over into the field. */
export function SearchBox({ value, onChange }: Props) {
  const [typed, setTyped] = useState(value);
  const [sent, setSent] = useState(value);
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    if (value !== sent) {
      setSent(value);
      setTyped(value);
    }
  }
  const send = (text: string) => {
    setSent(text);
    onChange(text);
  };
  const sendLater = useDebouncedCallback(send, DELAY_MS);
  return (
    <TextInput
      type="search"
      role="searchbox"
      aria-label="Search customers by id or name"
      placeholder="Id or name"
      leftSection={<Search aria-hidden size={16} className="text-muted" />}
      leftSectionPointerEvents="none"
      rightSection={
        typed && (
          <CloseButton
            size={44}
            iconSize={16}
            aria-label="Clear the search"
            onClick={() => {
              sendLater.cancel();
              setTyped("");
              send("");
            }}
          />
        )
      }
      rightSectionWidth={46}
      value={typed}
      maxLength={200}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        sendLater(currentTarget.value.trim());
      }}
      className="w-full"
    />
  );
}
