/** How to reach a broker, in the words of MQTT.js. */
import { BrokerError, type BrokerOptions, requireBrokerUrl, requireClientId } from '@edgebeat/wire';
import type { IClientOptions } from 'mqtt';
import { RuntimeError } from '../runtime-error.js';

export type { BrokerOptions };

/** How long a broker keeps what comes while the client is away, with MQTT 5. */
const sessionExpirySeconds = 3600;

/**
 * @throws RuntimeError for an address or a client id that is none.
 */
export function clientOptions(broker: BrokerOptions, clientId: string): IClientOptions {
  try {
    requireBrokerUrl(broker.url);
    requireClientId(clientId);
  } catch (error) {
    throw error instanceof BrokerError ? new RuntimeError(error.message, error.hint, { cause: error }) : error;
  }
  const { url: _, protocolVersion, ...credentials } = broker;
  const options: IClientOptions = {
    ...credentials,
    clientId,
    protocolVersion,
    clean: false,
    connectTimeout: 10_000,
    resubscribe: true,
  };
  if (protocolVersion === 5) options.properties = { sessionExpiryInterval: sessionExpirySeconds };
  return options;
}
