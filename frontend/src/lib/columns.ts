/** Names of columns and features as a person reads them. */

const WRITTEN: Record<string, string> = {
  api: "API",
  id: "ID",
  mrr: "MRR",
  nps: "NPS",
  saas: "SaaS",
  tv: "TV",
};

/** "days_since_last_login" as "days since last login": a name inside of a sentence. */
export function columnWords(name: string): string {
  return name
    .split(/[_ ]+/)
    .map((word) => WRITTEN[word] ?? word)
    .join(" ");
}

/** "days_since_last_login" as "Days since last login": a name that stands alone. */
export function columnTitle(name: string): string {
  return capital(columnWords(name));
}

/** A sentence of a report, which names columns as programs do, as a sentence for a person. What stands in quotes is a
 *  name of the person's own file, and stays as it is. */
export function plainSentence(text: string): string {
  const parts = text.split(/('[^']*')/);
  return capital(parts.map((part, place) => (place % 2 === 1 ? part : plain(part))).join(""));
}

function plain(text: string): string {
  return text.replace(/\b[a-z]+(?:_[a-z0-9]+)+\b|\b(?:mrr|nps)\b/g, (name) => columnWords(name));
}

/** "saas" as "SaaS", "telecom" as "Telecom". */
export function industryTitle(industry: string): string {
  return columnTitle(industry);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
