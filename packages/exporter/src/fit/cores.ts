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
      'Assumed. Arm Cortex-M4 Technical Reference Manual (100166), "Instruction set summary": most instructions take one cycle, a load two unless it follows another, a taken branch two to four.',
  },
  'cortex-m33': {
    cyclesPerInstruction: 1.3,
    source:
      'Assumed, as for the Cortex-M4: Arm states no cycles of the Cortex-M33 in its Technical Reference Manual (100230).',
  },
  'cortex-m55': {
    cyclesPerInstruction: 1.2,
    source:
      'Assumed. Arm Cortex-M55 Software Optimization Guide (102692): most scalar instructions take one cycle, some pairs go together, a vector instruction takes two.',
  },
};
