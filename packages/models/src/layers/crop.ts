/** The part of each beat that a network looks at. */
import { GraphError, type Model, type Value } from '@edgebeat/graph';
import { checkWholeNumber } from '../whole-number.js';
import type { Network } from './network.js';

/** Samples of a beat. */
export const beatSamples = 300;
export const wholeBeat = [0, beatSamples] as const;

/** Name of the node that cuts. */
const CROP = 'crop';

/**
 * Samples [first, last) of each beat: [N, 3, 300] to [N, 3, last − first].
 *
 * @param name of the network, for errors.
 * @throws GraphError for what is no part of a beat.
 */
export function croppedBeats(
  { graph }: Network,
  name: string,
  beats: Value,
  [first, last]: readonly [number, number],
): Value {
  checkWholeNumber(name, 'first sample + 1', first + 1);
  checkWholeNumber(name, 'number of samples', last - first);
  if (last > beatSamples)
    throw new GraphError(name, `cannot look at sample ${last} of ${beatSamples}`, 'crop inside the beat');
  if (first === 0 && last === beatSamples) return beats;
  return graph.slice(beats, graph.int64([first]), graph.int64([last]), graph.int64([2]), { name: CROP });
}

/**
 * What the networks of this package look at of each beat: [first, last), all where they cut nothing off.
 *
 * @throws GraphError for a graph whose bounds are no numbers of its own.
 */
export function cropOf({ graph }: Model): readonly [first: number, last: number] {
  const node = graph.nodes.find(({ name, operator }) => name === CROP && operator === 'Slice');
  if (!node) return wholeBeat;
  const [first, last] = node.inputs.slice(1, 3).map((input) => {
    const bound = graph.initializers.find(({ name }) => name === input);
    if (bound) return Number(bound.data[0]);
    throw new GraphError(CROP, `has a bound, ${input}, that is no initializer`, 'make it one');
  }) as [number, number];
  return [first, last];
}
