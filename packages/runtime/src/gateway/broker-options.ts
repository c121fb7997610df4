/** How to reach a broker, in the words of MQTT.js. */
import { BrokerError, type BrokerOptions, requireBrokerUrl, requireClientId } from '@edgebeat/wire';
import { RuntimeError } from '../runtime-error.js';

export type { BrokerOptions };

/** How long a broker keeps what comes while the client is away, with MQTT 5. */
const sessionExpirySeconds = 3600;

/** Options of MQTT.js, in a type of our own: who does not install it must be able to compile against this package. */
export interface ClientOptions extends Omit<BrokerOptions, 'url'> {
  readonly clientId: string;
  readonly clean: false;
  readonly connectTimeout: number;
  readonly resubscribe: true;
  readonly properties?: { readonly sessionExpiryInterval: number };
}

/**
 * @throws RuntimeError for an address or a client id that is none.
 */
export function clientOptions(broker: BrokerOptions, clientId: string): ClientOptions {
  try {
    requireBrokerUrl(broker.url);
    requireClientId(clientId);
  } catch (error) {
    throw error instanceof BrokerError ? new RuntimeError(error.message, error.hint, { cause: error }) : error;
  }
  const { url: _, protocolVersion, ...credentials } = broker;
  return {
    ...credentials,
    clientId,
    protocolVersion,
    clean: false,
    connectTimeout: 10_000,
    resubscribe: true,
    ...(protocolVersion === 5 && { properties: { sessionExpiryInterval: sessionExpirySeconds } }),
  };
}
