import type { Prediction } from "@/api/predictions";
import type { Report } from "@/api/report";
import { Notice } from "@/components/notice";
import { TextLink } from "@/components/text-link";
import { plural } from "@/lib/format";
import { predictionPath } from "@/lib/paths";

interface Props {
  prediction: Prediction;
  /** Absent while it is on its way, and where it cannot be had. */
  report: Report | undefined;
}

/** What to know before the figures of one prediction are believed: rows that are not among them, and a level of risk
 *  that is not the company's own. */
export function FileNotes({ prediction, report }: Props) {
  if (!report) return null;
  const { rows, predictions } = report;
  const general = predictions.model_family.startsWith("baseline-");
  return (
    <>
      {rows.quarantined > 0 && (
        <div className="mb-5">
          <Notice level="info">
            {plural(rows.quarantined, "row")} of the file {rows.quarantined === 1 ? "was" : "were"}{" "}
            set aside and {rows.quarantined === 1 ? "is" : "are"} not scored.{" "}
            <TextLink to={`${predictionPath(prediction.id)}/report`}>See why</TextLink>
          </Notice>
        </div>
      )}
      {general && prediction.churn_rate === null && (
        <p className="mb-5 text-sm text-muted">
          These chances come from a general model that does not know how many of your customers
          leave: read them as a ranking, and their level with care. Give your churn in 30 days when
          you <TextLink to="/upload">upload the file</TextLink>, or{" "}
          <TextLink to="/models/train">train a model of your own</TextLink>.
        </p>
      )}
    </>
  );
}
