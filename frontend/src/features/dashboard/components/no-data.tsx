import { Button } from "@mantine/core";
import { Upload } from "lucide-react";
import { Link } from "react-router";
import { Card } from "@/components/card";
import { EmptyState } from "@/components/empty-state";
import { TextLink } from "@/components/text-link";

/** Before the first upload: what to do, and what to try it with. */
export function NoData() {
  return (
    <Card>
      <EmptyState
        icon={Upload}
        title="See who is about to leave"
        action={
          <Button component={Link} to="/upload" leftSection={<Upload aria-hidden size={16} />}>
            Upload a file
          </Button>
        }
      >
        Upload your customers as a CSV or Excel file, as your billing tool exports them. No file
        yet? <TextLink to="/upload">Try it with a sample</TextLink>.
      </EmptyState>
    </Card>
  );
}
