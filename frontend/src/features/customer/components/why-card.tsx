import { ChartCard } from "@/components/chart-card";
import { Waterfall } from "@/components/charts/waterfall";
import { sentenceCase } from "@/lib/format";
import type { CustomerDetail } from "../queries";
import { withUnit } from "../values";

/** From the typical customer to this one. */
export function WhyCard({ customer }: { customer: CustomerDetail }) {
  const { waterfall, base_probability: base, churn_probability: output, top_factors } = customer;
  const personal = waterfall.length > 0 && base !== null && output !== null;
  return (
    <ChartCard
      title="Why this score"
      help="It begins with the typical customer's chance of leaving. Each bar adds or takes what one thing about this customer does, in percentage points; together they make this customer's chance."
    >
      {personal ? (
        <Waterfall
          base={base}
          output={output}
          reasons={waterfall.map(({ title, value, unit, impact }) => ({
            label: sentenceCase(title),
            value: value && (title === "country" ? value.toUpperCase() : withUnit(value, unit)),
            impact,
          }))}
        />
      ) : (
        <>
          <p className="text-sm text-muted">
            What this customer's score is made of is not known. Over all customers these matter
            most:
          </p>
          <ul className="mt-2 list-disc pl-5 text-sm">
            {top_factors.map(({ feature, label }) => (
              <li key={feature}>{sentenceCase(label ?? feature)}</li>
            ))}
          </ul>
        </>
      )}
    </ChartCard>
  );
}
