/**
 * Days as whole numbers since 1970-01-01, in the proleptic Gregorian calendar.
 *
 * No clock and no time zone: `Date` is never used to compute, because it shifts days by zone and
 * reads the years 0 to 99 as 1900 to 1999. The algorithms count from 1 March of year 0, so that the
 * leap day comes last in a year (Howard Hinnant, "chrono-compatible low-level date algorithms").
 */

export const UNKNOWN_MIN = -2147483648;
export const UNKNOWN_MAX = 2147483647;

/** Whether a bound is a known day. @param {number} day */
export const isKnown = (day) => day !== UNKNOWN_MIN && day !== UNKNOWN_MAX;

/**
 * The day number of a calendar date; `month` is 1 to 12.
 * @param {number} year @param {number} month @param {number} day @returns {number}
 */
export function dayOf(year, month, day) {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/**
 * The calendar date of a day number.
 * @param {number} day @returns {{year: number, month: number, day: number}}
 */
export function dateOf(day) {
  const shifted = day + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36524) -
      Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1 };
}

/** How many days a month has. @param {number} year @param {number} month */
export function daysInMonth(year, month) {
  const next = month === 12 ? dayOf(year + 1, 1, 1) : dayOf(year, month + 1, 1);
  return next - dayOf(year, month, 1);
}

const pad = (number, width) => String(number).padStart(width, "0");

/** `YYYY-MM-DD` of a day number. @param {number} day @returns {string} */
export function isoDay(day) {
  const { year, month, day: inMonth } = dateOf(day);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(inMonth, 2)}`;
}

/** `YYYY-MM` of a day number. @param {number} day @returns {string} */
export const isoMonth = (day) => isoDay(day).slice(0, 7);

/** `YYYY` of a day number. @param {number} day @returns {string} */
export const isoYear = (day) => isoDay(day).slice(0, 4);

/**
 * The day number of `2017-01-01`, `2017-01` or `2017`; null when it is no day of years 1 to 9999.
 *
 * `edge` says which day a month or a year stands for: its first (default) or its last.
 * @param {string} text @param {"first" | "last"} [edge] @returns {number | null}
 */
export function parseDay(text, edge = "first") {
  const match = /^\s*(\d{1,4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?\s*$/.exec(text ?? "");
  if (!match) return null;
  const year = Number(match[1]);
  const month = match[2] ? Number(match[2]) : edge === "last" ? 12 : 1;
  if (year < 1 || month < 1 || month > 12) return null;
  const length = daysInMonth(year, month);
  const day = match[3] ? Number(match[3]) : edge === "last" ? length : 1;
  return day < 1 || day > length ? null : dayOf(year, month, day);
}

export const FIRST_DAY = dayOf(1, 1, 1);
export const LAST_DAY = dayOf(9999, 12, 31);

/** A day number kept within the years 1 to 9999. @param {number} day */
export const clampDay = (day) => Math.min(LAST_DAY, Math.max(FIRST_DAY, day));

/**
 * The same day `months` later (negative: earlier), or the month's last day where it has no such day.
 * @param {number} day @param {number} months @returns {number}
 */
export function addMonths(day, months) {
  const from = dateOf(day);
  const count = from.year * 12 + from.month - 1 + months;
  const year = Math.floor(count / 12);
  const month = count - year * 12 + 1;
  return clampDay(dayOf(year, month, Math.min(from.day, daysInMonth(year, month))));
}

/**
 * A day moved by whole units; a week is seven days.
 * @param {number} day @param {"day"|"week"|"month"|"year"} unit @param {number} count
 */
export function addUnits(day, unit, count) {
  if (unit === "month") return addMonths(day, count);
  if (unit === "year") return addMonths(day, 12 * count);
  return clampDay(day + count * (unit === "week" ? 7 : 1));
}
