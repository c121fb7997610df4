/**
 * Processors whose instructions are counted, and how many cycles an instruction is taken to last there: a model, not a measurement.
 * Modelled time is instructions × cycles per instruction / clock.
 */

export const CORES = ['cortex-m4f', 'cortex-m33', 'cortex-m55'] as const;

export type Core = (typeof CORES)[number];

export interface CoreModel {
  readonly cyclesPerInstruction: number;
  /** What the figure rests on. */
  readonly source: string;
}

export const CORE_MODELS: Readonly<Record<Core, CoreModel>> = {
  'cortex-m4f': {
    cyclesPerInstruction: 1.3,
    source:
      'Assumed. By the table of instructions in the Cortex-M4 Technical Reference Manual (Arm 100166_0001, 3.3.1; no wait states) most take one cycle and a taken branch two to four, so the loop over products, of five instructions, takes about seven to nine: 1.3 is rather too little for networks that do little else.',
  },
  'cortex-m33': {
    cyclesPerInstruction: 1.3,
    source: 'Assumed, as for the Cortex-M4F; no document was read.',
  },
  'cortex-m55': {
    cyclesPerInstruction: 1.2,
    source: 'Assumed; no document was read.',
  },
};
