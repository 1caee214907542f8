import { ChartCard } from "@/components/chart-card";
import { Notice } from "@/components/notice";
import { columnTitle, columnWords, plainSentence } from "@/lib/columns";
import { formatCount, formatPercent, plural } from "@/lib/format";
import type { TrainingReport } from "../report";

/** Whom the model learnt from, how it was judged, and what was kept out of it. */
export function LearntFrom({ report }: { report: TrainingReport }) {
  const { split, leaks, left_out: leftOut, interval, leak_auc: leakAuc } = report;
  return (
    <ChartCard title="How it was trained and tested">
      <div className="flex flex-col gap-4 text-sm">
        <p>
          Trained on{" "}
          {report.labelled_rows !== report.customers &&
            `${plural(report.labelled_rows, "row")} of `}
          {plural(report.customers, "customer")} of whom it is known who left:{" "}
          {formatCount(report.left)} did ({formatPercent(report.base_rate)}). It predicts the next{" "}
          {report.horizon_days} days
          {report.horizon_assumed && ", which was assumed as the upload did not say"}.
        </p>
        {split && (
          <p>
            Tested on {plural(split.held_out_rows, "held-out row")}: {split.why}.
          </p>
        )}
        {interval && (
          <p>
            The range of each chance is made to hold the true one for{" "}
            {formatPercent(interval.nominal, 0)} of customers. In a test with customers whose true
            chance was known, it did for {formatPercent(interval.coverage, 0)}.
          </p>
        )}
        {leaks.length > 0 && (
          <Notice level="warning">
            Left out, because it reads like something recorded after the end:
            <ul className="mt-1 list-disc pl-5">
              {leaks.map((leak) => (
                <li key={leak.feature}>
                  {columnTitle(leak.feature)} (alone an AUC of {leak.auc_alone.toFixed(2)}
                  {leak.echo_of && `; it echoes ${columnWords(leak.echo_of)}`})
                </li>
              ))}
            </ul>
            {leakAuc && (
              <p className="mt-1">
                With it a model would have pretended an AUC of {leakAuc.with.toFixed(2)}, where{" "}
                {leakAuc.without.toFixed(2)} is the truth.
              </p>
            )}
          </Notice>
        )}
        {leftOut.length > 0 && (
          <div>
            <h3 className="font-semibold">Columns that were left out</h3>
            <ul className="mt-1 flex flex-col gap-1 text-muted">
              {leftOut.map(({ column, reason }) => (
                <li key={column} className="break-words">
                  {reason.startsWith(column) ? (
                    plainSentence(reason)
                  ) : (
                    <>
                      {columnTitle(column)}: {reason}
                    </>
                  )}
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </ChartCard>
  );
}
