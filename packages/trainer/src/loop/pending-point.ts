/** Collects steps into the next point of the learning curves. */
import type { StepResult } from '../step/step-session.js';
import type { PendingPoint } from './checkpoint-content.js';
import type { HistoryPoint } from './history.js';

export const noSteps: PendingPoint = { steps: 0, gradientNorm: 0, losses: {}, figures: {} };

/** The sums with one more step in them. */
export function withStep(pending: PendingPoint, { losses, figures, gradientNorm }: StepResult): PendingPoint {
  return {
    steps: pending.steps + 1,
    gradientNorm: pending.gradientNorm + gradientNorm,
    losses: sum(pending.losses, losses),
    figures: sum(pending.figures, figures),
  };
}

/** The means as a point. */
export function toPoint(
  pending: PendingPoint,
  rest: Pick<HistoryPoint, 'step' | 'learningRate' | 'lossWeights' | 'validation'>,
): HistoryPoint {
  const mean = (value: number) => value / pending.steps;
  return {
    ...rest,
    gradientNorm: mean(pending.gradientNorm),
    losses: mapValues(pending.losses, mean),
    figures: mapValues(pending.figures, mean),
  };
}

function sum(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): Record<string, number> {
  return mapValues(b, (value, name) => value + (a[name] ?? 0));
}

function mapValues(
  record: Readonly<Record<string, number>>,
  change: (value: number, name: string) => number,
): Record<string, number> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]));
}
