/** Time stamps as text: `2024-03-26 14:58:13.300910`, `2024-03-26T14:58:13Z`, `…+02:00`. */

const form = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d\d:?\d\d)?$/;

/**
 * Microseconds since 1970 UTC; a stamp without a zone is taken as UTC.
 * @returns undefined when the text is no such stamp
 */
export function microsecondsOfTimestamp(text: string): number | undefined {
  const match = form.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 60) return undefined;
  const microseconds = Number((match[7] ?? '').padEnd(6, '0').slice(0, 6));
  const [, sign, zoneHours, zoneMinutes] = /^([+-])(\d\d):?(\d\d)$/.exec(match[8] ?? '') ?? [];
  const zone = sign ? (sign === '-' ? -60 : 60) * (Number(zoneHours) * 60 + Number(zoneMinutes)) : 0;
  return (Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - zone) * 1e6 + microseconds;
}
