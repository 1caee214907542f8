import { Columns3Cog } from "lucide-react";
import { Card } from "@/components/card";
import { ChartCardSkeleton } from "@/components/chart-card";
import { EmptyState } from "@/components/empty-state";
import { ErrorState } from "@/components/error-state";
import { ProfileCard } from "./components/profile-card";
import { useProfiles } from "./queries";

/** What was said of earlier files' columns, and is used for the next ones. */
export default function ColumnsSection() {
  const profiles = useProfiles();
  if (profiles.isPending) return <ChartCardSkeleton height="h-48" />;
  if (profiles.isError && !profiles.data) {
    return (
      <Card>
        <ErrorState
          title="What is remembered could not be loaded"
          error={profiles.error}
          onRetry={() => void profiles.refetch()}
        />
      </Card>
    );
  }
  const known = profiles.data.profiles;
  if (known.length === 0) {
    return (
      <Card>
        <EmptyState icon={Columns3Cog} title="Nothing is remembered yet">
          When you put a column right in the mapping of an upload, it is remembered for the next
          file with the same header row, and stands here.
        </EmptyState>
      </Card>
    );
  }
  return (
    <div className="flex flex-col gap-4 lg:gap-5">
      <p className="text-sm text-muted">
        Files with one of these header rows are read as you said before. Changes hold for the next
        file; what was scored stays as it is.
      </p>
      {known.map((profile) => (
        <ProfileCard key={`${profile.id} ${profile.updated_at}`} profile={profile} />
      ))}
    </div>
  );
}
