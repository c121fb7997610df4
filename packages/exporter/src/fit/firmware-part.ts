/**
 * What the firmware needs beside the network: firmware-templates/core compiled for a Cortex-M4F (-O2), and its state. No operating
 * system, no radio, no display; and no link of records (`eb_link`), whose buffers take 9 kB more.
 */
export interface FirmwarePart {
  readonly flashBytes: number;
  readonly ramBytes: number;
}

/** Of the deepest call into the core, and of interrupts: an allowance. */
const STACK_BYTES = 2048;

/** By the kind of the model's windows. */
export const FIRMWARE_PARTS: Readonly<Record<'identity' | 'activity', FirmwarePart>> = {
  /** All of the core (core/src and core/app); `eb_app` and the converter's ring. */
  identity: { flashBytes: 20_378, ramBytes: 35_624 + 524 + STACK_BYTES },
  /** The signal path (core/src) with activity windows, and the ring. */
  activity: { flashBytes: 10_140, ramBytes: 14_908 + 8_012 + 524 + STACK_BYTES },
};

/** Of a network whose windows nobody cuts. */
export const NO_FIRMWARE: FirmwarePart = { flashBytes: 0, ramBytes: STACK_BYTES };
