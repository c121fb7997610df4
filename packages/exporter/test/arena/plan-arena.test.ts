/** Offline memory plans: nothing that is in use at one time overlaps, nothing is overwritten before it was read. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type ArenaBlock, overlapInTime } from '../../src/arena/arena-block.js';
import { planArena } from '../../src/arena/plan-arena.js';
import { type MemoryStep, shareMemory } from '../../src/arena/share-memory.js';

const RUNS = { numRuns: 60, seed: 11 };

const blocks = fc
  .array(fc.record({ bytes: fc.integer({ min: 1, max: 500 }), first: fc.nat(20), length: fc.nat(8) }), {
    maxLength: 30,
  })
  .map((list) =>
    list.map(({ bytes, first, length }, i): ArenaBlock => ({ name: `b${i}`, bytes, first, last: first + length })),
  );

describe('planArena', () => {
  test('keeps blocks apart that live at one time, aligned, within its bytes', () => {
    fc.assert(
      fc.property(blocks, fc.constantFrom(4, 8, 16), (list, alignment) => {
        const { offsets, bytes, lowerBound } = planArena(list, alignment);
        for (const a of list) {
          const begin = offsets.get(a.name)!;
          expect(begin % alignment).toBe(0);
          expect(begin + a.bytes).toBeLessThanOrEqual(bytes);
          for (const b of list) {
            if (a === b || !overlapInTime(a, b)) continue;
            const other = offsets.get(b.name)!;
            expect(begin + a.bytes <= other || other + b.bytes <= begin).toBe(true);
          }
        }
        expect(bytes).toBeGreaterThanOrEqual(lowerBound);
      }),
      RUNS,
    );
  });

  test('is near the lower bound', () => {
    const sample = fc.sample(blocks, { numRuns: 40, seed: 5 }).filter((list) => list.length > 0);
    const ratios = sample.map((list) => planArena(list, 16)).map(({ bytes, lowerBound }) => bytes / lowerBound);
    expect(Math.max(...ratios)).toBeLessThan(1.25);
    expect(ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length).toBeLessThan(1.02);
  });

  test('reaches the lower bound of a chain of large and small blocks', () => {
    const list: ArenaBlock[] = [
      { name: 'a', bytes: 48, first: 0, last: 1 },
      { name: 'b', bytes: 32, first: 1, last: 3 },
      { name: 'c', bytes: 48, first: 3, last: 4 },
      { name: 'd', bytes: 32, first: 4, last: 6 },
      { name: 'e', bytes: 16, first: 0, last: 6 },
    ];
    const { bytes, lowerBound } = planArena(list, 16);
    expect([bytes, lowerBound]).toEqual([96, 96]);
  });

  test('of nothing is nothing', () => {
    expect(planArena([], 16)).toEqual({ offsets: new Map(), bytes: 0, lowerBound: 0 });
  });
});

/** Values v0, v1, … each made by a step from up to two earlier ones. */
const programs = fc
  .array(
    fc.record({ reads: fc.array(fc.nat(100), { maxLength: 2 }), inPlace: fc.boolean(), size: fc.constantFrom(16, 32) }),
    { minLength: 1, maxLength: 25 },
  )
  .map((list) => {
    const sizes = new Map<string, number>();
    const steps = list.map(({ reads, inPlace, size }, i): MemoryStep => {
      const names = i === 0 ? [] : reads.map((one) => `v${one % i}`);
      sizes.set(`v${i}`, size);
      sizes.set(`s${i}`, 16);
      const [replaceable] = names;
      return {
        reads: names,
        writes: [`v${i}`],
        scratch: [`s${i}`],
        replaceable: inPlace && replaceable ? [replaceable] : [],
      };
    });
    return { sizes, steps };
  });

describe('shareMemory', () => {
  test('what is read is what was written, wherever outputs took the place of inputs', () => {
    let shared = 0;
    fc.assert(
      fc.property(programs, ({ sizes, steps }) => {
        const { blocks: list, blockOf } = shareMemory(sizes, steps);
        const { offsets, bytes } = planArena(list, 16);
        const memory = new Array<string>(bytes);
        const range = (name: string) => {
          const begin = offsets.get(blockOf.get(name)!)!;
          return { begin, end: begin + sizes.get(name)! };
        };
        for (const { reads, writes, scratch, replaceable } of steps) {
          for (const name of scratch) memory.fill(name, range(name).begin, range(name).end);
          for (const name of reads) {
            const { begin, end } = range(name);
            expect(memory.slice(begin, end)).toEqual(new Array(end - begin).fill(name));
          }
          for (const name of writes) {
            const { begin, end } = range(name);
            const taken = new Set(memory.slice(begin, end));
            for (const read of reads) {
              if (taken.has(read)) {
                expect(replaceable).toContain(read);
                shared++;
              }
            }
            memory.fill(name, begin, end);
          }
        }
      }),
      RUNS,
    );
    expect(shared).toBeGreaterThan(20);
  });

  test('an input that is read later, or twice in other ways, keeps its place', () => {
    const sizes = new Map([
      ['a', 16],
      ['b', 16],
      ['c', 16],
    ]);
    const step = (reads: string[], writes: string[], replaceable: string[] = []) => ({
      reads,
      writes,
      scratch: [],
      replaceable,
    });
    const later = shareMemory(sizes, [step([], ['a']), step(['a'], ['b'], ['a']), step(['a', 'b'], ['c'])]);
    expect(later.blockOf.get('b')).toBe('b');
    const dying = shareMemory(sizes, [step([], ['a']), step(['a'], ['b'], ['a']), step(['b'], ['c'])]);
    expect(dying.blockOf.get('b')).toBe('a');
    expect(dying.blocks).toEqual([
      { name: 'a', bytes: 16, first: 0, last: 2 },
      { name: 'c', bytes: 16, first: 2, last: 2 },
    ]);
  });
});
