import type { components } from "@/api/schema";
import { ChartCard } from "@/components/chart-card";
import { RISK_LEVELS, RISK_WORDS } from "@/components/risk-badge";
import { formatCount } from "@/lib/format";

type Shadow = components["schemas"]["Shadow"];

/** What another model, scored beside the one in use, says of the same customers. */
export function ShadowCard({ shadow }: { shadow: Shadow }) {
  const { sentence, figures } = shadow;
  return (
    <ChartCard
      title="Compared with another model"
      help="A model that you named to be compared scored the same customers. Nothing on the dashboard comes from it."
    >
      <p className="max-w-3xl text-sm">{sentence}</p>
      {figures && (
        <div
          className="mt-4 overflow-x-auto"
          tabIndex={0}
          role="group"
          aria-label="Customers by the risk levels of both models"
        >
          <table className="text-sm">
            <caption className="pb-2 text-left text-xs text-muted">
              Customers by the risk level of the model in use (rows) and of the other (columns)
            </caption>
            <thead>
              <tr>
                <td />
                {RISK_LEVELS.map((level) => (
                  <th
                    key={level}
                    scope="col"
                    className="px-4 py-2 text-right font-medium text-muted"
                  >
                    {RISK_WORDS[level]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {RISK_LEVELS.map((ours) => (
                <tr key={ours}>
                  <th scope="row" className="py-2 pr-4 text-left font-medium text-muted">
                    {RISK_WORDS[ours]}
                  </th>
                  {RISK_LEVELS.map((theirs) => (
                    <td
                      key={theirs}
                      className={`px-4 py-2 text-right ${ours === theirs ? "" : "font-semibold text-medium"}`}
                    >
                      {formatCount(
                        figures.levels.find(
                          (pair) => pair.in_use === ours && pair.shadow === theirs,
                        )?.customers,
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </ChartCard>
  );
}
