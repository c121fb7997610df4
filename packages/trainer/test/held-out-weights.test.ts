/** No weights that come with edgebeat are trained on the persons who are held out. */
import { decodeModel, readMetadata } from '@edgebeat/graph';
import { loadWeights, weightsNames } from '@edgebeat/models';
import { expect, test } from '@jest/globals';
import { heldOutSubjects } from '../src/index.js';

test.each(weightsNames())('nobody who is held out has trained %s', async (name) => {
  const { training } = readMetadata(decodeModel(await loadWeights(name)).metadata);
  const heldOut = Object.entries(heldOutSubjects).flatMap(([dataSet, subjects]) =>
    subjects.map((subject) => ({ dataSet, subject })),
  );
  const known = heldOut.filter(({ dataSet, subject }) =>
    training!.records.some((record) => record.startsWith(`${dataSet}/`) && record.split('/').includes(subject)),
  );
  expect(known).toEqual([]);
});
