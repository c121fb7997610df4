/** What a watch with firmware is told unless somebody wishes otherwise: as the gateway has it (packages/runtime). */

/** Of an enrolment: s of signal, and windows at least. */
export const ENROLMENT = { seconds: 20, windows: 5 } as const;

/** Windows below it are left open, 1 is best. */
export const LOWEST_QUALITY = 0.3;
