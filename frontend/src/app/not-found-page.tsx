import { Button } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { Compass } from "lucide-react";
import { Link } from "react-router";
import { EmptyState } from "@/components/empty-state";

export function NotFoundPage() {
  useDocumentTitle("Not found · RetainWise");
  return (
    <>
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        icon={Compass}
        title="There is no page at this address"
        action={
          <Button component={Link} to="/">
            Go to the dashboard
          </Button>
        }
      >
        The link may be old, or a letter may be missing.
      </EmptyState>
    </>
  );
}
