import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useParams } from "react-router";
import { predictionQuery } from "@/api/predictions";
import { Dashboard } from "./components/dashboard";
import { DashboardSkeleton } from "./components/dashboard-skeleton";

const LATEST = { kind: "latest" } as const;

/** `/dashboard`: everyone's latest score; `/predictions/:prediction`: one prediction, which is completed. */
export default function DashboardPage() {
  const { prediction } = useParams();
  return prediction === undefined ? (
    <Dashboard scope={LATEST} />
  ) : (
    <OnePrediction key={prediction} id={prediction} />
  );
}

function OnePrediction({ id }: { id: string }) {
  const { data } = useQuery(predictionQuery(id));
  const scope = useMemo(() => ({ kind: "prediction" as const, id }), [id]);
  if (!data) return <DashboardSkeleton latest={false} />;
  return <Dashboard scope={scope} prediction={data} />;
}
