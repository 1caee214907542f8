/** Numbers and dates in the words of the page. English throughout, whatever the browser's language. */

const NOTHING = "–";

// By hand: the browser's Intl reads its tables when it is first used, which takes a phone a tenth of a second.
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const COMPACT = ["", "K", "M", "B", "T"];
const BYTES = ["bytes", "KB", "MB", "GB", "TB"];

/** Cents of an expectation say nothing, unless there is little else. */
const CENTS_BELOW = 10;

type Maybe = number | null | undefined;

/** 120000 as "120,000". */
export function formatCount(value: Maybe): string {
  return known(value) ? grouped(value) : NOTHING;
}

/** 120000 as "120K", for axes. */
export function formatCompact(value: Maybe): string {
  if (!known(value)) return NOTHING;
  const { size, power } = scaled(value, 999.95);
  return `${grouped(size, 1)}${COMPACT[power]}`;
}

/** 12.5 as "12.5", for values of a customer. */
export function formatNumber(value: Maybe): string {
  return known(value) ? minus(grouped(value, 2)) : NOTHING;
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

/** Two amounts as "88,874–199,677", of one precision; "" where either is not known. */
export function formatMoneyRange(low: Maybe, high: Maybe): string {
  if (!known(low) || !known(high)) return "";
  return `${high < CENTS_BELOW ? formatMoney(low) : minus(grouped(low))}–${formatMoney(high)}`;
}

/** A difference of shares, 0.182, in signed points: "+18.2". */
export function formatPoints(difference: Maybe, digits = 1): string {
  if (!known(difference)) return NOTHING;
  const points = (difference * 100).toFixed(digits);
  return Number(points) > 0
    ? `+${points}`
    : minus(Number(points) === 0 ? (0).toFixed(digits) : points);
}

/** Money in the file's own currency, which is not known: 48920.4 as "48,920"; below 10 with its cents. */
export function formatMoney(value: Maybe): string {
  if (!known(value)) return NOTHING;
  const cents = Math.abs(value) < CENTS_BELOW && !Number.isInteger(value);
  return minus(cents ? value.toFixed(2) : grouped(value));
}

/** An amount that somebody pays, 1859.5 as "1,859.50". */
export function formatCents(value: number): string {
  const [whole = "", cents = ""] = Math.abs(value).toFixed(2).split(".");
  return `${value < 0 ? "−" : ""}${grouped(Number(whole))}.${cents}`;
}

/** "2026-06-30" or a point in time as "30 Jun 2026". */
export function formatDate(when: string | Date | null | undefined): string {
  if (!when) return NOTHING;
  const date = typeof when === "string" ? dateOf(when) : when;
  return `${date.getDate()} ${MONTHS[date.getMonth()]} ${date.getFullYear()}`;
}

/** A point in time as "30 Jun 2026, 14:05", in the browser's time zone. */
export function formatDateTime(when: string | Date | null | undefined): string {
  if (!when) return NOTHING;
  const date = typeof when === "string" ? new Date(when) : when;
  const time = [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, "0"));
  return `${formatDate(date)}, ${time.join(":")}`;
}

/** 7340032 as "7.3 MB": powers of ten, as file managers count. */
export function formatBytes(bytes: Maybe): string {
  if (!known(bytes)) return NOTHING;
  const { size, power } = scaled(bytes, 999.5);
  return `${power === 0 || size >= 100 ? grouped(size) : size.toFixed(1)} ${BYTES[power]}`;
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

/** 1234567.5 as "1,234,567.5", rounded to that many digits after the point, without zeros at the end. */
function grouped(value: number, digits = 0): string {
  const [whole = "", rest] = String(Number(value.toFixed(digits))).split(".");
  const thousands = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return rest === undefined ? thousands : `${thousands}.${rest}`;
}

/** The value over that power of a thousand that leaves less than `limit`, which is what rounds up to a thousand. */
function scaled(value: number, limit: number): { size: number; power: number } {
  let size = value;
  let power = 0;
  while (Math.abs(size) >= limit && power < 4) {
    size /= 1000;
    power += 1;
  }
  return { size, power };
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
