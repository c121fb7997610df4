/**
 * Persons: a heart of one's own, drawn from a seed. Amplitudes, places and widths of the waves are spread over what
 * textbooks give for healthy adults in limb and wearable leads; the kinds of QRS complex (with and without Q and S, mostly
 * negative) and of T wave (tall, flat, inverted) are as frequent as differing electrode positions make them.
 */
import { Random } from '../random.js';
import type { RateLaw, Wave } from './wave.js';

export interface Person {
  /** Who this is, in the words of the truth. */
  readonly name: string;
  readonly waves: readonly Wave[];
  /** Beats per minute, lying awake. */
  readonly restingHeartRate: number;
  /** Beats per minute, at most. */
  readonly maximalHeartRate: number;
  /** Factor on the effort that an activity costs: below 1 for the fit. */
  readonly strain: number;
  /** Factor on the variability of the RR interval. */
  readonly variability: number;
  /** Factor on the rate of breathing. */
  readonly breathing: number;
  /** How much the heights of QRS and T follow the breath, as a fraction: the heart's axis turns as the lungs fill. */
  readonly axisTurn: { readonly qrs: number; readonly t: number };
}

/**
 * @param seed the same seed is the same person.
 * @param name `person-SEED` where not given.
 */
export function drawPerson(seed: string | number, name = `person-${seed}`): Person {
  const random = new Random(seed).split('person');
  const restingHeartRate = random.uniform(52, 74);
  return {
    name,
    waves: drawWaves(random.split('waves')),
    restingHeartRate,
    maximalHeartRate: random.uniform(172, 200),
    strain: random.logUniform(0.8, 1.2),
    variability: random.logUniform(0.65, 1.4),
    breathing: random.logUniform(0.85, 1.18),
    axisTurn: { qrs: random.uniform(0.02, 0.07), t: random.uniform(-0.05, 0.05) },
  };
}

function drawWaves(random: Random): Wave[] {
  const height = random.logUniform(0.55, 1.5);
  const mostlyNegative = random.uniform() < 0.2;
  return [
    drawP(random),
    ...(mostlyNegative ? drawNegativeQrs(random, height) : drawPositiveQrs(random, height)),
    ...drawRepolarisation(random, height, mostlyNegative),
  ];
}

function drawP(random: Random): Wave {
  const width = random.uniform(0.016, 0.028);
  const amplitude = random.logUniform(0.05, 0.18);
  return wave('P', 'conduction', amplitude, -random.uniform(0.125, 0.19), width * random.uniform(0.85, 1.2), width);
}

// In every person one deflection of the QRS complex is clearly the largest, so that "the R peak" is one place and no other.

/** qRs, Rs, qR, R, rarely with a second R: upright. */
function drawPositiveQrs(random: Random, height: number): Wave[] {
  const width = random.uniform(0.008, 0.016);
  const q = random.uniform() < 0.55 ? random.uniform(0.04, 0.3) : 0.01;
  const s = random.uniform() < 0.65 ? random.uniform(0.1, 0.7) : 0.02;
  const waves = [
    wave('Q', 'fixed', -height * q, -random.uniform(0.021, 0.032), random.uniform(0.006, 0.01), 0.008),
    wave('R', 'fixed', height, 0, width * random.uniform(0.85, 1.2), width),
    wave('S', 'fixed', -height * s, random.uniform(0.026, 0.038), 0.009, random.uniform(0.009, 0.018)),
  ];
  if (random.uniform() < 0.15) {
    waves.push(wave('R', 'fixed', height * random.uniform(0.15, 0.4), random.uniform(0.05, 0.062), 0.009, 0.012));
  }
  return waves;
}

/** rS: a small r, then a deep S, which is the peak and stands at 0. */
function drawNegativeQrs(random: Random, height: number): Wave[] {
  const width = random.uniform(0.009, 0.016);
  return [
    wave('R', 'fixed', height * random.uniform(0.08, 0.55), -random.uniform(0.025, 0.036), 0.009, 0.009),
    wave('S', 'fixed', -height, 0, width * random.uniform(0.85, 1.2), width),
  ];
}

function drawRepolarisation(random: Random, height: number, mostlyNegative: boolean): Wave[] {
  const inverted = random.uniform() < (mostlyNegative ? 0.4 : 0.18);
  const amplitude = height * (inverted ? -random.logUniform(0.12, 0.4) : random.logUniform(0.1, 0.6));
  const before = random.uniform(0.04, 0.075);
  return [
    wave('ST', 'repolarisation', height * random.uniform(-0.08, 0.1), random.uniform(0.1, 0.14), 0.03, 0.05),
    wave('T', 'repolarisation', amplitude, random.uniform(0.225, 0.325), before, random.uniform(0.028, 0.048)),
  ];
}

function wave(
  name: Wave['name'],
  law: RateLaw,
  amplitude: number,
  offset: number,
  widthBefore: number,
  widthAfter: number,
): Wave {
  return { name, law, amplitude, offset, widthBefore, widthAfter };
}
