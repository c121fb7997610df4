/** Voltage units as record files spell them, and their size in millivolts. */

const millivolts: Readonly<Record<string, number>> = {
  nv: 1e-6,
  uv: 1e-3,
  '\u00b5v': 1e-3, // micro sign
  '\u03bcv': 1e-3, // Greek mu
  mv: 1,
  v: 1000,
};

/** Millivolts in one of the given unit, or undefined where it is not a voltage. Case does not matter: files mix it. */
export function millivoltsPerUnit(units: string): number | undefined {
  const key = units.trim().toLowerCase();
  return Object.hasOwn(millivolts, key) ? millivolts[key] : undefined;
}
