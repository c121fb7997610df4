/** The protocols by whose training part identity models are trained. */
import { protocolOf, type WindowPart } from '@edgebeat/trainer';
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
