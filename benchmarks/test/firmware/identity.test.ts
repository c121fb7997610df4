/** Enrolment and verification in C: the templates, values and decisions of packages/identity, to the bit. */
import { enrol, type Metric, type Template, type Verification, verify } from '@edgebeat/identity';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { noise } from '../../../testing/synthetic-ecg.js';
import { describeWithProgram } from '../../../testing/system-packages.js';
import { CoreTestProgram, sanitizerFlags } from '../../src/firmware/core-test-program.js';
import { padded, WordReader, wordBytes } from './words.js';

interface Case {
  readonly windows: readonly Float32Array[];
  readonly probes: readonly Float32Array[];
  readonly metric: Metric;
  readonly threshold: number;
}

const details = { subject: 'wearer', model: { name: 'any', sha256: '0'.repeat(64) }, createdAt: new Date(0) };

/** The float32 number next to a threshold, on the side where no decision changes. */
function asFloat32(threshold: number, metric: Metric): number {
  const nearest = Math.fround(threshold);
  const wrongSide = metric === 'cosine' ? nearest < threshold : nearest > threshold;
  if (!wrongSide) return nearest;
  const bits = new Int32Array(Float32Array.of(nearest).buffer);
  bits[0] = bits[0]! + (nearest > 0 === (metric === 'cosine') ? 1 : -1);
  return new Float32Array(bits.buffer)[0]!;
}

function caseBytes({ windows, probes, metric, threshold }: Case): Uint8Array[] {
  const length = windows[0]!.length;
  const header = wordBytes(length, windows.length, probes.length, metric === 'cosine' ? 0 : 1);
  const numbers = [Float32Array.of(asFloat32(threshold, metric)), ...windows, ...probes];
  return [header, ...numbers.map((values) => padded(new Uint8Array(values.buffer)))];
}

/** Embeddings of two people, more or less alike, of any scale. */
function anyCase(seed: number): Case {
  const length = [1, 3, 64, 192, 256][seed % 5]!;
  const person = noise(length, seed);
  const other = noise(length, seed + 1000);
  const blend = (seed % 11) / 10;
  const embedding = (likeness: number, number: number) => {
    const disturbance = noise(length, 7919 * seed + number);
    const scale = 10 ** ((number % 9) - 4);
    return person.map((value, i) => scale * (likeness * value + (1 - likeness) * other[i]! + 0.4 * disturbance[i]!));
  };
  return {
    windows: Array.from({ length: 1 + (seed % 12) }, (_, i) => embedding(1, i)),
    probes: Array.from({ length: 1 + (seed % 5) }, (_, i) => embedding(blend, 100 + i)),
    metric: seed % 2 ? 'cosine' : 'euclidean',
    threshold: [0.7, 0.5, 0.31, 0.9][seed % 4]!,
  };
}

describeWithProgram('cc', 'identity in C', (compiler) => {
  let program: CoreTestProgram;
  beforeAll(() => {
    program = new CoreTestProgram('identity-host', { flags: sanitizerFlags, compiler });
  });
  afterAll(() => program.remove());

  const convert = (cases: readonly Case[]) => new WordReader(program.convert(Buffer.concat(cases.flatMap(caseBytes))));

  function readTemplate(reader: WordReader, { windows }: Case): Float32Array {
    expect([reader.word(), reader.word()]).toEqual([windows.length, 1]);
    return new Float32Array(reader.bytes(4 * windows[0]!.length).buffer);
  }

  function readDecision(reader: WordReader, { probes }: Case): Verification {
    expect([reader.word(), reader.word()]).toEqual([probes.length, 1]);
    return { accepted: reader.word() === 1, value: reader.float(), windows: reader.word() };
  }

  test('templates, values and decisions are those of packages/identity, to the bit', () => {
    const cases = Array.from({ length: 1000 }, (_, seed) => anyCase(seed));
    const reader = convert(cases);
    let accepted = 0;
    for (const one of cases) {
      const template: Template = enrol(one.windows, details);
      expect(readTemplate(reader, one)).toEqual(template.embedding);
      const decision = verify(template, one.probes, { metric: one.metric, value: one.threshold });
      expect(readDecision(reader, one)).toEqual(decision);
      if (decision.accepted) accepted++;
    }
    expect(reader.atEnd).toBe(true);
    expect(accepted).toBeGreaterThan(200);
    expect(accepted).toBeLessThan(800);
  });

  test('a value at its threshold is accepted, one beside it is not', () => {
    const one = anyCase(3);
    const { value } = verify(enrol(one.windows, details), one.probes, { metric: 'cosine', value: 0 });
    const cases = [value, value + 1e-12, value - 1e-12].map(
      (threshold): Case => ({ ...one, metric: 'cosine', threshold }),
    );
    const reader = convert(cases);
    const accepted = cases.map((single) => {
      readTemplate(reader, single);
      return readDecision(reader, single).accepted;
    });
    expect(accepted).toEqual([true, false, true]);
  });

  test('embeddings without a direction are refused', () => {
    const good = Float32Array.of(1, 2, 3);
    const bad = [
      [0, 0, 0],
      [Number.NaN, 1, 1],
      [Infinity, 0, 0],
      [3e38, 3e38, 0],
    ].map((x) => Float32Array.from(x));
    const reader = convert([
      { windows: [good, ...bad], probes: bad, metric: 'cosine', threshold: 0.5 },
      { windows: bad, probes: [good], metric: 'cosine', threshold: 0.5 },
      { windows: [good, good.map((value) => -value)], probes: [good], metric: 'cosine', threshold: 0.5 },
    ]);
    expect([reader.word(), reader.word()]).toEqual([1, 1]);
    reader.bytes(12);
    expect([reader.word(), reader.word()]).toEqual([0, 0]);
    expect([reader.word(), reader.word()]).toEqual([0, 0]);
    expect([reader.word(), reader.word()]).toEqual([2, 0]);
    expect(reader.atEnd).toBe(true);
  });
});
