/** Numbers and dates in the words of the page. English throughout, whatever the browser's language. */

const NOTHING = "–";

const counts = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });
const decimals = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });
const days = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const minutes = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});

type Maybe = number | null | undefined;

/** 120000 as "120,000". */
export function formatCount(value: Maybe): string {
  return known(value) ? counts.format(value) : NOTHING;
}

/** 120000 as "120K", for axes. */
export function formatCompact(value: Maybe): string {
  return known(value) ? compact.format(value) : NOTHING;
}

/** 12.5 as "12.5", for values of a customer. */
export function formatNumber(value: Maybe): string {
  return known(value) ? minus(decimals.format(value)) : NOTHING;
}

/** A share of 0 to 1 as "26.2%". What is not quite 0 or 1 never reads as if it were. */
export function formatPercent(share: Maybe, digits = 1): string {
  if (!known(share)) return NOTHING;
  const step = 10 ** -digits;
  const percent = share * 100;
  if (percent > 0 && percent < step) return `< ${step}%`;
  if (percent < 100 && percent > 100 - step) return `> ${(100 - step).toFixed(digits)}%`;
  return `${percent.toFixed(digits)}%`;
}

/** Two shares as "13.4–89.7%"; "" where either is not known. */
export function formatPercentRange(low: Maybe, high: Maybe): string {
  if (!known(low) || !known(high)) return "";
  const [from, to] = [formatPercent(low), formatPercent(high)];
  const plain = /^\d/.test(from) && /^\d/.test(to);
  return plain ? `${from.slice(0, -1)}–${to}` : `${from} to ${to}`;
}

/** Two amounts as "88,874–199,677"; "" where either is not known. */
export function formatMoneyRange(low: Maybe, high: Maybe): string {
  return known(low) && known(high) ? `${formatMoney(low)}–${formatMoney(high)}` : "";
}

/** A difference of shares, 0.182, in signed points: "+18.2". */
export function formatPoints(difference: Maybe, digits = 1): string {
  if (!known(difference)) return NOTHING;
  const points = (difference * 100).toFixed(digits);
  return Number(points) > 0
    ? `+${points}`
    : minus(Number(points) === 0 ? (0).toFixed(digits) : points);
}

/** Money in the file's own currency, which is not known: 48920.4 as "48,920"; below 100 with its cents. */
export function formatMoney(value: Maybe): string {
  if (!known(value)) return NOTHING;
  const cents = Math.abs(value) < 100 && !Number.isInteger(value);
  return minus(cents ? value.toFixed(2) : counts.format(value));
}

/** "2026-06-30" or a point in time as "30 Jun 2026". */
export function formatDate(when: string | Date | null | undefined): string {
  return when ? days.format(typeof when === "string" ? dateOf(when) : when) : NOTHING;
}

/** A point in time as "30 Jun 2026, 14:05", in the browser's time zone. */
export function formatDateTime(when: string | Date | null | undefined): string {
  return when ? minutes.format(typeof when === "string" ? new Date(when) : when) : NOTHING;
}

/** 7340032 as "7.3 MB": powers of ten, as file managers count. */
export function formatBytes(bytes: Maybe): string {
  if (!known(bytes)) return NOTHING;
  const units = ["bytes", "KB", "MB", "GB", "TB"];
  let size = bytes;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${unit === 0 || size >= 100 ? counts.format(size) : size.toFixed(1)} ${units[unit]}`;
}

/** A phrase of the API as a sentence of the page: it begins small there, and has "20 %" for "20%". */
export function sentenceCase(words: string): string {
  return words.charAt(0).toUpperCase() + closedPercents(words.slice(1));
}

/** "20 %" as "20%", as this page writes it. */
export function closedPercents(words: string): string {
  return words.replace(/(\d) %/g, "$1%");
}

/** 1 "customer", 2 "customers". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

function known(value: Maybe): value is number {
  return value !== null && value !== undefined && Number.isFinite(value);
}

/** A real minus sign: a hyphen is shorter than a plus, and columns of figures look ragged. */
function minus(digits: string): string {
  return digits.replace("-", "−");
}

/** A day without a time is that day everywhere; Date would take it for midnight in Greenwich. */
function dateOf(when: string): Date {
  return /^\d{4}-\d{2}-\d{2}$/.test(when) ? new Date(`${when}T12:00:00`) : new Date(when);
}
