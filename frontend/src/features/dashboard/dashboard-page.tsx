import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { predictionQuery } from "@/api/predictions";
import { PageSkeleton } from "@/components/page-skeleton";
import { Dashboard } from "./components/dashboard";

/** `/dashboard`: everyone's latest score; `/predictions/:prediction`: one prediction, which is completed. */
export default function DashboardPage() {
  const { prediction } = useParams();
  return prediction === undefined ? (
    <Dashboard scope={{ kind: "latest" }} />
  ) : (
    <OnePrediction key={prediction} id={prediction} />
  );
}

function OnePrediction({ id }: { id: string }) {
  const { data } = useQuery(predictionQuery(id));
  if (!data) return <PageSkeleton />;
  return <Dashboard scope={{ kind: "prediction", id }} prediction={data} />;
}
