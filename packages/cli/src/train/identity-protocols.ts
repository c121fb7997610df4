/** The protocols by whose training part identity models are trained. */
import { ecgId, heartprint, protocolOf, ptb, type WindowPart, wholeRecord } from '@edgebeat/trainer';
import { UsageError } from '../errors.js';

/** That of the weights that come with edgebeat first: it trains on everybody who is not held out. */
export const identityProtocols = [
  'verification/unseen',
  'ecg-id/closed',
  'ecg-id/random',
  'ecg-id/other-record',
  'heartprint/cross-session',
  'ptb/closed',
] as const;

/** @throws UsageError for a protocol that trains no identity; what reading a data set throws. */
export async function trainingPartsOf(name: string, dataDir: string): Promise<readonly WindowPart[]> {
  const protocol = protocolOf(name);
  if ('trainingParts' in protocol) return protocol.trainingParts(dataDir);
  throw new UsageError(`${name} trains no identity`, `choose one of ${identityProtocols.join(', ')}`);
}

/** Protocols whose probes come from another sitting, while all that trains comes from one. */
const oneSitting: readonly string[] = ['heartprint/cross-session'];

/**
 * The same, and for protocols that train on one sitting and probe in another the whole of the other data sets: their persons
 * show a network how much a heart changes from sitting to sitting, and none of them is asked about.
 */
export async function networkTrainingPartsOf(name: string, dataDir: string): Promise<readonly WindowPart[]> {
  const parts = await trainingPartsOf(name, dataDir);
  if (!oneSitting.includes(name)) return parts;
  const others = (await Promise.all([ecgId, heartprint, ptb].map((load) => load(dataDir)))).filter(
    (dataSet) => !name.startsWith(`${dataSet.name}/`),
  );
  const records = others.flatMap(({ subjects }) => subjects.flatMap((subject) => subject.records));
  return [...parts, ...records.map((record) => ({ record, part: wholeRecord }))];
}
