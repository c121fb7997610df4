/** The annotation codes of the WFDB annotation format and their one-letter mnemonics (WFDB `ecgcodes.h`). */

/** Mnemonic by code, codes 0–41. 15 and 17 are not assigned; 0 marks that something is not a QRS complex. */
// biome-ignore format: ten codes a line
const mnemonics: readonly (string | undefined)[] = [
  ' ', 'N', 'L', 'R', 'a', 'V', 'F', 'J', 'A', 'S', // 0 …
  'E', 'j', '/', 'Q', '~', undefined, '|', undefined, 's', 'T', // 10 …
  '*', 'D', '"', '=', 'p', 'B', '^', 't', '+', 'u', // 20 …
  '?', '!', '[', ']', 'e', 'n', '@', 'x', 'f', '(', // 30 …
  ')', 'r', // 40, 41
];

/** Largest code that stands for an annotation; the ones above 41 are left to the annotator. */
export const largestAnnotationCode = 49;

const codes = new Map(mnemonics.map((symbol, code) => [symbol, code]));

/**
 * Every mnemonic that marks a QRS complex. Flutter waves (`!`) and non-conducted P waves (`x`) are not beats.
 * ANSI/AAMI EC57 scores against these.
 */
const beats = new Set('NLRBAaJSVrFejnE/fQ?');

export const annotationSymbols = {
  /** Whether the mnemonic marks a QRS complex. */
  isBeat(symbol: string): boolean {
    return beats.has(symbol);
  },

  /** Mnemonic of a code; a code without one reads `[15]`, as the WFDB library prints it. */
  ofCode(code: number): string {
    return mnemonics[code] ?? `[${code}]`;
  },

  /** Code of a mnemonic, `[42]` included; undefined where there is none. */
  codeOf(symbol: string): number | undefined {
    const known = codes.get(symbol);
    if (known !== undefined) return known;
    const code = Number(/^\[(\d{1,2})\]$/.exec(symbol)?.[1] ?? 0);
    return code >= 1 && code <= largestAnnotationCode && mnemonics[code] === undefined ? code : undefined;
  },
} as const;
