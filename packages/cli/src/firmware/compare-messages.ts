/** Whether two watches, or a watch and the gateway, answer the same. */
import type { FirmwareMessage } from '@edgebeat/sim-device';

type Answer = { readonly kind: string; readonly body: object };

export interface MessageComparison {
  readonly messages: number;
  /** Messages that differ, are missing or too many. */
  readonly mismatches: number;
  /** The first difference in words; null where there is none. */
  readonly firstDifference: string | null;
}

const kinds = ['beat', 'identity', 'quality'] as const satisfies readonly FirmwareMessage['kind'][];

/**
 * Compares kind by kind, each in order. Numbers must be the same to the bit; heart rates are compared as float32, which firmware
 * computes them in. The gateway gives answers of a frame kind by kind, firmware as they come: their order between kinds means nothing.
 */
export function compareMessages(norm: readonly Answer[], other: readonly Answer[]): MessageComparison {
  let [messages, mismatches] = [0, 0];
  let firstDifference: string | null = null;
  for (const kind of kinds) {
    const [expected, found] = [norm, other].map((answers) =>
      answers.filter((answer) => answer.kind === kind).map(text),
    );
    messages += expected!.length;
    for (let i = 0; i < Math.max(expected!.length, found!.length); i++) {
      if (expected![i] === found![i]) continue;
      mismatches++;
      firstDifference ??= `${kind} ${i}: ${expected![i] ?? 'none'} against ${found![i] ?? 'none'}`;
    }
  }
  return { messages, mismatches, firstDifference };
}

function text({ body }: Answer): string {
  const entries = Object.entries(body).map(([key, value]) => [
    key,
    key === 'heartRate' && value !== null ? Math.fround(value) : value,
  ]);
  return JSON.stringify(Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))));
}
