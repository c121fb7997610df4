/** Order of names as people count: `rec_2` before `rec_10`. */
export const inNaturalOrder: (a: string, b: string) => number = new Intl.Collator('en', { numeric: true }).compare;
